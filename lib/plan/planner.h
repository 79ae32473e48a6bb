#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "census/clusters.h"
#include "plan/census_entry.h"
#include "plan/census_plan.h"
#include "plan/entry_ids.h"

namespace mmgym {

/// Makes a plan from the entries of all inputs: gives every entry an id of its own, ranks and
/// clusters them, and rejects those that are excluded.
class Planner {
 public:
  /// Reads the lists of `options`. `options` must outlive this. Throws InputError.
  explicit Planner(const CensusOptions& options);

  void remark(const std::string& remark) { plan_.remarks.push_back(remark); }

  /// Adds an input. Of files with the same entry (EntryIds), the one with the newest revision is
  /// used, or the first of these. Else the order of inputs matters only for files that have the
  /// same id or cannot be read.
  void add(const InputSource& source, CensusEntry&& entry);

  /// Remarks on what is in a list but in none of the inputs.
  void remark_unknown(const std::string& list, std::size_t all, const char* what,
                      std::size_t unknown, const std::vector<std::string>& examples);

  /// Returns the plan. Call it once, after all inputs have been added.
  CensusPlan finish();

 private:
  struct Ranked {
    PlannedInput input;
    Quality quality;
  };

  /// An input, with its census as text, which is the smallest form.
  struct Added {
    InputSource source;
    EntryFile identity;
    InputFile file;
    std::optional<RejectedRow> unreadable;
  };

  std::vector<std::size_t> order() const;
  void plan(std::size_t number);
  void add_content(const CensusEntry& entry, PlannedInput& input);
  void settle_clusters(PlannedInput& input);
  void apply_blacklist();

  const CensusOptions& options_;
  std::vector<EntityGroups> groups_;  // by file
  std::unordered_set<std::string> blacklist_;
  std::vector<Clusters::Id> blacklisted_;  // entities of blacklisted inputs
  Clusters clusters_;
  CensusPlan plan_;
  std::vector<Added> added_;
  std::vector<Ranked> ranked_;
  std::vector<PlannedInput> unreadable_;
  EntryIds ids_;
};

}  // namespace mmgym
