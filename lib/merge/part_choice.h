#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "census/greedy_choice.h"
#include "database/rows.h"
#include "merge/part.h"
#include "plan/census_plan.h"

namespace mmgym {

/// The choice of a part, replayed: what the part had accepted when it came to each input. Tells
/// where the part may have dropped zones that the merged database keeps, because it dropped them
/// for a structure that is not an input any more.
class PartChoice {
 public:
  /// `census`: the options with which the part was built. Throws DatabaseError for damaged rows.
  PartChoice(Part& part, const CensusOptions& census);

  /// Whether the part may have dropped zones of an input that can be chosen after `accepted`.
  /// `input`: as the merged database plans it. Ask for inputs in the order of their ids.
  bool may_lack_zones(std::int64_t input_id, const PlannedInput& input,
                      const GreedyChoice& accepted);

 private:
  void accept_zones(std::int64_t input_id);

  const Part& part_;
  std::vector<PlannedInput> inputs_;                                        // by id
  std::unordered_map<std::string, std::vector<WrittenSubchains>> written_;  // by structure
  GreedyChoice choice_;
  std::int64_t next_ = 0;  // input whose zones are not yet accepted
};

}  // namespace mmgym
