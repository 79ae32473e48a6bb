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

/// Finds the zones of structures ahead of their turn, and chooses among them when it comes.
///
/// expand() may run for several structures at once. It looks at what has been accepted so far: what
/// can add nothing then never will. settle() is called for one structure after the other, in the
/// order of their ranks, and alone decides, so the result is the same however far ahead expand()
/// was. Zones that are not needed are dropped. expand() makes the rows of those that it expects to
/// be accepted, and settle() makes them anew in the rare case that it was mistaken.
class ZoneChooser {
 public:
  struct Settings {
    ZoneParameters parameters;
    std::vector<Eigen::Vector3d> neighbor_offsets_A;
    CathDomains cath;
    bool keep_all = false;
  };
  explicit ZoneChooser(Settings settings) : settings_(std::move(settings)) {}

  /// A structure on its way from expand() to settle().
  struct Expanded {
    struct AssemblyZones {
      std::size_t planned;  // index into PlannedInput::assemblies
      std::string refusal;  // why there are no zones, if there are none
      Assembly assembly;
      std::vector<Zone> zones;
      std::vector<ChoiceCandidate> candidates;
      std::vector<std::size_t> chosen;  // as expected
      AssemblyRows rows;                // of those
    };
    std::unique_ptr<Structure> structure;  // where there is anything to expand
    std::vector<AssemblyZones> assemblies;
    RejectedRow rejected;  // if there is a reason
    /// About how much memory it takes up.
    std::size_t bytes() const;
  };

  /// Throws no InputError: what is wrong with the file is in the result.
  Expanded expand(const PlannedInput& input) const;
  InputOutcome settle(const PlannedInput& input, Expanded&& expanded);

  /// Brings the choice to where it was when a build that goes on was stopped.
  void restore(const std::vector<PlannedInput>& inputs,
               const std::vector<WrittenSubchains>& written);

  /// Structures that had to be expanded, and those that were without need.
  std::size_t needed() const { return needed_; }
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
