#pragma once

#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "build/census_plan.h"
#include "census/cath.h"
#include "census/greedy_choice.h"
#include "database/gym_writer.h"
#include "structure/assembly.h"
#include "zones/find_zones.h"

namespace mmgym {

/// Finds the zones of structures in parallel, and chooses among them in the order of ranks.
///
/// expand() can run for several structures in parallel. It skips assemblies that can add nothing to
/// the zones accepted so far. settle() must be called for one structure after the other, in the
/// order of ranks. Only settle() decides, so the result does not depend on how far ahead expand()
/// runs. expand() builds the rows of the zones that it expects to be accepted; settle() rebuilds
/// them in the rare case that other zones are accepted.
class ZoneChooser {
 public:
  struct Settings {
    ZoneParameters parameters;
    std::vector<Eigen::Vector3d> neighbor_offsets_A;
    CathDomains cath;
    bool keep_all = false;
  };
  explicit ZoneChooser(Settings settings) : settings_(std::move(settings)) {}

  /// The result of expand() for settle().
  struct Expanded {
    struct AssemblyZones {
      std::size_t planned;  // index into PlannedInput::assemblies
      std::string refusal;  // why there are no zones
      Assembly assembly;
      std::vector<Zone> zones;
      std::vector<ChoiceCandidate> candidates;
      std::vector<std::size_t> chosen;  // expected to be accepted
      AssemblyRows rows;                // of the chosen zones
    };
    std::unique_ptr<Structure> structure;  // null if there is nothing to expand
    std::vector<AssemblyZones> assemblies;
    RejectedRow rejected;  // valid if its reason is not empty
    /// Estimates the memory in bytes.
    std::size_t bytes() const;
  };

  /// Finds zones. Does not throw InputError: the result contains the errors of the file.
  Expanded expand(const PlannedInput& input) const;
  /// Chooses zones, and returns the rows to write.
  InputOutcome settle(const PlannedInput& input, Expanded&& expanded);

  /// Restores the choice of an interrupted build from the subchains that it has written.
  void restore(const std::vector<PlannedInput>& inputs,
               const std::vector<WrittenSubchains>& written);

  /// Number of structures whose expansion was needed.
  std::size_t needed() const { return needed_; }
  /// Number of structures that were expanded without need.
  std::size_t not_needed() const { return not_needed_; }

 private:
  void expand_assembly(const PlannedInput& input, std::size_t planned, GreedyChoice& expected,
                       Expanded& expanded) const;
  bool can_add(const GreedyChoice& choice, const PlannedInput::PlannedAssembly& assembly) const;
  AssemblyRows rows_of(const PlannedInput& input, const Expanded::AssemblyZones& result) const;

  Settings settings_;
  mutable std::shared_mutex mutex_;  // guards choice_
  GreedyChoice choice_;
  std::size_t needed_ = 0;
  std::size_t not_needed_ = 0;
};

}  // namespace mmgym
