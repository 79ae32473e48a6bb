#include "sample_options.h"

#include "setting_flags.h"

namespace mmgym {

void SampleOptions::setup(CLI::App& app) {
  const char* group = "Images";
  std::vector<std::string> presets;
  for (const Preset& preset : kPresets) presets.emplace_back(preset.name);
  app.add_option(
         "--preset", request_.preset,
         "Defaults of images. 16A: 21 voxels of 0.75 A; 24A: 24 voxels of 1 A; both with views 6 A "
         "apart and noise of 2 A and 10 degrees")
      ->check(CLI::IsMember(presets))
      ->capture_default_str()
      ->group(group);
  for (const SampleSetting& setting : sample_settings())
    if (setting.kind != SettingKind::members) add(app, setting)->group(group);
}

CLI::Option* SampleOptions::add(CLI::App& app, const SampleSetting& setting) {
  CLI::Option* option =
      add_setting(app, setting, SampleSettings(),
                  [this, &setting](const std::string& text) { request_.set(setting, text); });
  // Defaults of numbers depend on the preset or the split; the help texts describe them.
  if (std::holds_alternative<double SampleSettings::*>(setting.member) ||
      std::holds_alternative<int SampleSettings::*>(setting.member))
    option->default_str("");
  return option;
}

}  // namespace mmgym
