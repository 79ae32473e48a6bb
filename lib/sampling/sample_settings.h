#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sampling/sample_parameters.h"
#include "settings/setting.h"

namespace mmgym {

/// Whether the second view is moved and turned at random.
enum class Noise {
  automatic,  // on, except in splits for evaluation
  on,         // as in SampleParameters
  off,
};

template <>
inline constexpr std::array<EnumName<Noise>, 3> kEnumNames<Noise> = {
    {{"auto", Noise::automatic}, {"on", Noise::on}, {"off", Noise::off}}};

/// Names of splits for evaluation. Their case does not matter.
inline constexpr std::array<std::string_view, 7> kEvaluationSplits = {
    "val", "valid", "validation", "dev", "test", "testing", "holdout"};

/// The settings of samples that users give: parameters, and values that parameters are computed
/// from.
struct SampleSettings : SampleParameters {
  double padding_A = kDefaultPadding_A;
  Noise noise = Noise::automatic;
};

/// What a setting changes.
enum class SettingKind {
  task,      // the kind of sample
  size,      // the number of voxels
  voxels,    // the values of voxels, hence mean and standard deviation of channels
  neighbor,  // the place of the second view
  members,   // the files written beside the images
};

struct SampleSetting : Setting<SampleSettings, Task, int, double, AtomRadius, bool, std::string,
                               OtherElements, Fill, Aggregate, Noise> {
  SettingKind kind = SettingKind::voxels;
};

/// Returns every setting of samples except the preset, in the order of help texts and index.json.
/// Flags of the program, keyword arguments (name()), checks and index.json come from this table.
std::span<const SampleSetting> sample_settings();

/// Returns the setting of this name. Throws UsageError if there is none.
const SampleSetting& sample_setting(std::string_view name);

/// A user's request: a preset, and settings that replace its values.
class SampleRequest {
 public:
  std::string preset = "24A";

  /// Sets a setting from text (set_from_text). Throws UsageError, which begins with the flag, if
  /// the text is not a valid value.
  void set(const SampleSetting& setting, const std::string& text);

  bool has(std::string_view name) const { return given_.contains(name); }

  /// Returns the parameters of samples of this split (empty or kAllZones: every zone), whose name
  /// Noise::automatic depends on. Throws UsageError for settings that exclude each other.
  SampleParameters parameters(const std::string& split) const;

  /// Returns the name of the preset and the settings whose values differ from it: "24A grid 8 fill
  /// gaussian".
  std::string title() const;

 private:
  std::map<std::string, std::string, std::less<>> given_;  // texts by name of setting
};

}  // namespace mmgym
