#include "sampling/sample_settings.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/text.h"

namespace mmgym {
namespace {

bool is_for_evaluation(const std::string& split) {
  return std::find(kEvaluationSplits.begin(), kEvaluationSplits.end(), lower_case(split)) !=
         kEvaluationSplits.end();
}

/// Lengths between views. No structure is larger, and places in the stored atoms do not overflow.
constexpr NumberRange kLength = {0, 10'000};
constexpr NumberRange kPositiveLength = {0, 10'000, true};

/// The settings with the maxima of the noise, by name.
constexpr std::array<std::pair<std::string_view, double SampleParameters::*>, 2> kNoiseMaxima = {
    {{"noise_distance_A", &SampleParameters::noise_max_distance_A},
     {"noise_angle_deg", &SampleParameters::noise_max_angle_deg}}};

}  // namespace

std::span<const SampleSetting> sample_settings() {
  using S = SampleSettings;
  using Kind = SettingKind;
  static const std::vector<SampleSetting> kSettings = {
      {{"task", &S::task, "neighbor: two views and a label; single: one view, rotated at random"},
       Kind::task},
      {{"grid", &S::length_voxels, "Number of voxels along each edge of an image, at most 1024",
        NumberRange{1, Grid::kMaxLength}, "L"},
       Kind::size},
      {{"resolution_A", &S::resolution_A, "Edge length of a voxel", kPositive}, Kind::voxels},
      {{"atom_radius_A",
        &S::atom_radius,
        "Radius of atoms; vdw: the van der Waals radius of each element (default: half a voxel)",
        {},
        "A|vdw"},
       Kind::voxels},
      {{"channels",
        &S::channels,
        "Elements of each channel; | separates channels, * is all other elements",
        {},
        "E,E|E|..."},
       Kind::voxels},
      {{"ligand_channel", &S::ligand_channel,
        "Add a channel for atoms that are not part of a polymer"},
       Kind::voxels},
      {{"other_elements", &S::other_elements, "Treatment of atoms whose element is in no channel"},
       Kind::voxels},
      {{"fill", &S::fill, "Value that an atom has in a voxel"}, Kind::voxels},
      {{"aggregate", &S::aggregate, "How values of several atoms in a voxel are combined"},
       Kind::voxels},
      {{"directions",
        &S::directions,
        "Possible directions of the neighbor as seen from the home view; labels are their indices",
        {},
        "GEOMETRY"},
       Kind::neighbor},
      {{"", &S::padding_A, "Gap between the two views (default: 6)", kLength, "", "padding_A"},
       Kind::neighbor},
      {{"view_distance_A", &S::view_distance_A,
        "Distance between the centers of the two views (default: edge + padding)", kPositiveLength,
        "", "distance_A"},
       Kind::neighbor},
      {{"",
        &S::noise,
        "Random shift and rotation of the neighbor. on: up to 2 A and 10 degrees; off: none; auto: "
        "off if the split is named val, valid, validation, dev, test, testing or holdout, else on",
        {},
        "",
        "noise"},
       Kind::neighbor},
      {{"noise_max_distance_A", &S::noise_max_distance_A,
        "Maximum random shift of the neighbor (default: by --noise)", kLength, "",
        "noise_distance_A"},
       Kind::neighbor},
      {{"noise_max_angle_deg", &S::noise_max_angle_deg,
        "Maximum random rotation of the neighbor, at most 180 (default: by --noise)",
        NumberRange{0, 180}, "", "noise_angle_deg"},
       Kind::neighbor},
      {{"with_atoms", &S::with_atoms, "Write KEY.atoms.npz with the atoms drawn in each view"},
       Kind::members}};
  return kSettings;
}

const SampleSetting& sample_setting(std::string_view name) {
  for (const SampleSetting& setting : sample_settings())
    if (setting.name() == name) return setting;
  throw UsageError("unknown setting '" + std::string(name) + "' of samples");
}

void SampleRequest::set(const SampleSetting& setting, const std::string& text) {
  SampleSettings values;
  set_from_text(setting, values, text);
  given_[std::string(setting.name())] = text;
}

SampleParameters SampleRequest::parameters(const std::string& split) const {
  if (has("padding_A") && has("distance_A"))
    throw UsageError("--padding and --distance exclude each other; give only one");
  SampleSettings settings{mmgym::preset(preset)};
  for (const auto& [name, text] : given_) set_from_text(sample_setting(name), settings, text);
  if (settings.task == Task::single)
    for (const SampleSetting& setting : sample_settings())
      if (setting.kind == SettingKind::neighbor && has(setting.name()))
        throw UsageError(flag_of(setting.name()) +
                         ": a single view has no neighbor; use --task neighbor");
  if (!has("distance_A")) settings.view_distance_A = settings.edge_A() + settings.padding_A;
  const bool has_noise =
      settings.noise == Noise::automatic ? !is_for_evaluation(split) : settings.noise == Noise::on;
  for (const auto& [name, member] : kNoiseMaxima) {
    if (!has(name) && !has_noise) settings.*member = 0;
    if (settings.noise == Noise::off && settings.*member != 0)
      throw UsageError("--noise off: excludes " + flag_of(name) + "; remove one of them");
  }
  return settings;
}

std::string SampleRequest::title() const {
  std::string title = preset;
  const SampleSettings preset_values{mmgym::preset(preset)};
  for (const SampleSetting& setting : sample_settings()) {
    const auto given = given_.find(setting.name());
    if (given == given_.end()) continue;
    SampleSettings values = preset_values;
    set_from_text(setting, values, given->second);
    const std::string text = text_of(setting, values);
    if (text != text_of(setting, preset_values))
      title += " " + flag_of(setting.name()).substr(2) + (text == "true" ? "" : " " + text);
  }
  return title;
}

}  // namespace mmgym
