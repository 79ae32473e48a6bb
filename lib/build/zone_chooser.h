#pragma once

#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "census/cath.h"
#include "census/greedy_choice.h"
#include "database/gym_writer.h"
#include "plan/census_plan.h"
#include "plan/restore_choice.h"
#include "structure/assembly.h"
#include "zones/find_zones.h"

namespace mmgym {

/// An input has other content than when its facts were read. The ranks and clusters of all
/// structures may be different with it.
class InputChanged : public Error {
 public:
  using Error::Error;
};

/// Finds the zones of structures in parallel, and chooses among them in the order of ranks.
///
/// expand() can run for several structures in parallel. It skips assemblies that can add nothing to
/// the zones accepted so far. settle() must be called for one structure after the other, in the
/// order of ranks. Only settle() decides, so the result does not depend on how far ahead expand()
/// runs. expand() builds the rows of the zones that it expects to be accepted; settle() rebuilds
/// them in the rare case that other zones are accepted. Zones count as accepted from accept() on,
/// so that a structure that cannot be written does not keep others from having its clusters.
class ZoneChooser {
 public:
  struct Settings {
    ZoneParameters parameters;
    std::vector<Eigen::Vector3d> neighbor_offsets_A;
    CathDomains cath;
    bool keep_all = false;
    InputLimits limits;
    ThreadTimes* times = nullptr;
  };
  explicit ZoneChooser(Settings settings) : settings_(std::move(settings)) {}

  /// The result of expand() for settle().
  struct Expanded {
    struct AssemblyZones {
      std::size_t planned;         // index into PlannedInput::assemblies
      std::string refusal;         // why there are no zones
      std::size_t zones_lost = 0;  // by the refusal
      Assembly assembly;
      std::vector<Zone> zones;
      std::vector<ChoiceCandidate> candidates;
      /// Zones that are expected to be accepted; nothing if their rows could not be built.
      std::optional<std::vector<std::size_t>> chosen;
      AssemblyRows rows;  // of the chosen zones
    };
    std::unique_ptr<Structure> structure;  // null if there is nothing to expand
    std::vector<AssemblyZones> assemblies;
    RejectedRow rejected;  // valid if its reason is not empty
    /// Estimates the memory in bytes.
    std::size_t bytes() const;
  };

  /// The rows to write, and the choice to accept() when they are written.
  struct Settled {
    InputOutcome outcome;
    GreedyChoice choice;
  };

  /// Finds zones. The result contains the errors of the file (reason_in_content()). Throws
  /// InputChanged and ArchiveChanged.
  Expanded expand(const PlannedInput& input) const;
  /// Chooses zones. An assembly whose rows cannot be built is rejected.
  Settled settle(const PlannedInput& input, Expanded&& expanded);
  /// Makes a choice final. Must be called before the next settle(), or not at all.
  void accept(const GreedyChoice& choice);

  /// Restores the choice of an interrupted build from the subchains that it has written.
  void restore(const std::vector<PlannedInput>& inputs,
               const std::vector<WrittenSubchains>& written) {
    restore_choice(inputs, written, choice_);
  }

  /// Number of structures whose expansion was needed.
  std::size_t needed() const { return needed_; }
  /// Number of structures that were expanded without need.
  std::size_t not_needed() const { return not_needed_; }

 private:
  class SearchResults;

  bool can_add(const GreedyChoice& choice, const PlannedInput::PlannedAssembly& assembly) const;
  bool can_add_any(const GreedyChoice& choice, const PlannedInput& input) const;
  Expanded::AssemblyZones search(const PlannedInput& input, std::size_t planned,
                                 const Structure& structure) const;
  void choose(const PlannedInput& input, GreedyChoice& choice,
              Expanded::AssemblyZones& result) const;
  AssemblyRows rows_of(const PlannedInput& input, const Expanded::AssemblyZones& result,
                       const std::vector<std::size_t>& chosen) const;

  Settings settings_;
  mutable std::shared_mutex mutex_;  // guards choice_, which only accept() changes
  GreedyChoice choice_;
  std::size_t needed_ = 0;
  std::size_t not_needed_ = 0;
};

}  // namespace mmgym
