#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "database/gym_writer.h"
#include "plan/census_plan.h"

namespace mmgym {

/// The result of an assembly: rows of the zones that are chosen, or why it has no zones.
struct AssemblyResult {
  AssemblyRows rows = {};   // can have no zones
  std::int64_t zones = 0;   // found, as far as is known
  std::string stage = {};   // of a rejection
  std::string reason = {};  // empty if there are zones
  std::int64_t zones_lost = 0;
};

/// The results of an input, from a search or from a database.
class InputResults {
 public:
  virtual ~InputResults() = default;
  /// Whether zones of an assembly can be chosen, after those chosen so far.
  virtual bool can_add(const PlannedInput::PlannedAssembly& assembly) const = 0;
  /// Why the input as a whole has no zones, if so.
  virtual std::optional<RejectedRow> rejection() const = 0;
  /// The structure, with its counts only.
  virtual StructureRows structure() const = 0;
  /// Chooses among the zones of an assembly, by its place in the plan.
  virtual AssemblyResult choose(std::size_t planned) = 0;
};

/// Chooses among the zones of an input, assembly by assembly. Returns the rows to write.
InputOutcome settle_input(const PlannedInput& input, InputResults& results);

}  // namespace mmgym
