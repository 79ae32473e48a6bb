#pragma once

#include <optional>
#include <vector>

#include "build/settle_input.h"
#include "census/greedy_choice.h"
#include "merge/merge_plan.h"

namespace mmgym {

/// How zones are chosen in all parts.
struct Choosing {
  bool keep_all = false;
  double inclusion_radius_A = 0;
  double boundary_depth_A = 0;
  GreedyChoice choice = {};
};

/// The results of an input in its part. Throws DatabaseError for damaged rows.
class PartResults final : public InputResults {
 public:
  PartResults(const PlannedInput& input, const Origin& origin, Choosing& choosing);

  bool can_add(const PlannedInput::PlannedAssembly& assembly) const override;
  std::optional<RejectedRow> rejection() const override;
  StructureRows structure() const override;
  AssemblyResult choose(std::size_t planned) override;

 private:
  void keep_accepted(const ChoiceAssembly& content, AssemblyRows& rows);
  void add_tiles(const StoredStructures::AssemblyId& assembly, AssemblyResult& result);

  const PlannedInput& input_;
  Part& part_;
  StoredStructures& stored_;
  const std::vector<RejectedRow>& rejected_;
  const Origin& origin_;
  std::vector<StoredStructures::AssemblyId> assemblies_;
  Choosing& choosing_;
};

}  // namespace mmgym
