#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sampling/sample_parameters.h"

namespace mmgym {

/// Flags that say what a sample looks like. A preset sets those that are not given.
class SampleOptions {
 public:
  void setup(CLI::App& app);

  /// What the flags come to for samples of this split (empty: all zones). Noise is left out of the
  /// splits that are not for training, unless asked for.
  SampleParameters parameters(const std::string& split) const { return parameters(split, preset_); }

  /// The same with another preset than the flag's.
  SampleParameters parameters(const std::string& split, const std::string& preset_name) const;

 private:
  std::string preset_ = "24A";
  std::string task_ = "neighbor";
  std::optional<int> grid_;
  std::optional<double> resolution_A_;
  std::optional<std::string> atom_radius_;
  std::string channels_ = kDefaultChannels;
  bool ligand_channel_ = false;
  std::string other_elements_ = "error";
  std::string fill_ = "fraction-atom";
  std::string aggregate_ = "sum";
  std::string directions_ = "cube faces";
  std::optional<double> padding_A_;
  std::optional<double> distance_A_;
  std::optional<double> noise_distance_A_;
  std::optional<double> noise_angle_deg_;
  std::vector<const CLI::Option*> of_neighbors_;
};

}  // namespace mmgym
