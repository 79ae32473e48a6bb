#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sampling/sample_parameters.h"
#include "settings/setting.h"

namespace mmgym {

/// What users set of samples: the parameters, and what parameters are computed from.
struct SampleSettings : SampleParameters {
  double padding_A = kDefaultPadding_A;
};

/// What depends on a setting.
enum class SettingKind {
  task,      // what a sample is
  size,      // how many voxels there are
  voxels,    // the values of voxels, and so the mean and standard deviation of channels
  neighbor,  // where the second view is
  members,   // what is written beside the images
};

struct SampleSetting : Setting<SampleSettings, Task, int, double, AtomRadius, bool, std::string,
                               OtherElements, Fill, Aggregate> {
  SettingKind kind = SettingKind::voxels;
};

/// Every setting of samples but the preset, in the order of help texts and index.json. Flags of the
/// program, keyword arguments (name()), checks and index.json come from this table.
std::span<const SampleSetting> sample_settings();

/// The setting that users call so. Throws UsageError if there is none.
const SampleSetting& sample_setting(std::string_view name);

/// What a user asks for: a preset, and settings that differ from it.
class SampleRequest {
 public:
  std::string preset = "24A";

  /// Sets a setting to what a text says (set_from_text). Throws UsageError, which begins with the
  /// flag, if the text is no such value.
  void set(const SampleSetting& setting, const std::string& text);

  bool has(std::string_view name) const { return given_.contains(name); }

  /// The parameters of samples of this split (empty: all zones). There is no noise in splits other
  /// than 'train', unless it was asked for. Throws UsageError for settings that exclude one
  /// another.
  SampleParameters parameters(const std::string& split) const;

  /// The name of the preset, and what was set to another value than the preset's:
  /// "24A grid 8 fill gaussian".
  std::string title() const;

 private:
  std::map<std::string, std::string, std::less<>> given_;  // texts, by the names of settings
};

}  // namespace mmgym
