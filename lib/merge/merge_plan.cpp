#include "merge/merge_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "inputs/text_lines.h"
#include "plan/planner.h"

namespace mmgym {
namespace {

/// What an input is, apart from where it is: size and checksums.
using Content = std::tuple<std::uint64_t, std::uint32_t, std::uint32_t>;

Content content_of(const CensusEntry& entry) {
  return {entry.file.size, entry.file.checksum, entry.report_checksum};
}
Content content_of(const InputFile& file) {
  return {file.size, file.checksum, file.report_checksum};
}

/// An input of a part.
struct Candidate {
  std::size_t part;  // number
  Part::Input input;
};

class MergePlanner {
 public:
  MergePlanner(const Parts& parts, const MergeOptions& options, const CensusOptions& census)
      : parts_(parts), options_(options), planner_(census) {}

  MergePlan plan() {
    for (std::size_t i = 0; i < parts_.size(); ++i)
      for (auto& input : parts_[i]->inputs()) candidates_.push_back({i, std::move(input)});
    remove_listed();
    keep_one_of_each_file();
    add_to_planner();
    find_copies_and_exclusions();
    return std::move(plan_);
  }

 private:
  /// Notes that an input of a part is not used.
  void give_up(Part& part, std::int64_t id) {
    if (!part.keeps_all() && part.stored().structure(id)) plan_.changed.insert(&part);
  }

  void remove_listed() {
    if (options_.remove.empty()) return;
    const std::vector<std::string> list = read_pdb_ids(options_.remove);
    const std::set<std::string> ids(list.begin(), list.end());
    const auto removed = std::erase_if(candidates_, [&](const Candidate& candidate) {
      if (!ids.contains(candidate.input.entry.file.id)) return false;
      give_up(*parts_[candidate.part], candidate.input.id);
      return true;
    });
    // Lists of obsolete entries are long, so some ids are usually unknown.
    if (removed == 0)
      options_.on_remark(options_.remove.string() + ": none of these structures is in the parts");
  }

  static Origin origin_of(Part& part, const Part::Input& input) {
    return {&part, input.id, input.entry.file.path, input.incomplete};
  }

  /// Whether two inputs with the same path are one file at different times. Files with the same
  /// relative path can be different ones, from different folders.
  static bool is_same_file(const CensusEntry& a, const CensusEntry& b) {
    if (content_of(a) == content_of(b) || a.unreadable || b.unreadable) return true;
    return a.file.id == b.file.id && a.file.has_own_id == b.file.has_own_id &&
           (a.file.has_own_id || a.file.path.starts_with('/'));
  }

  /// Of the inputs that are the same file, keeps the newest revision in candidates_.
  void keep_one_of_each_file() {
    // Of equal revisions, the last part has the file as it is now.
    const auto rank = [](const Candidate& c) {
      return std::tuple(!c.input.entry.unreadable,
                        std::string_view(c.input.entry.file.revision_date), c.part);
    };
    std::stable_sort(candidates_.begin(), candidates_.end(),
                     [&](const Candidate& a, const Candidate& b) {
                       const auto& path_a = a.input.entry.file.path;
                       const auto& path_b = b.input.entry.file.path;
                       return path_a != path_b ? path_a < path_b : rank(a) > rank(b);
                     });
    std::vector<Candidate> kept;
    std::vector<std::string> replaced, unreadable;
    std::size_t first = 0;  // of those in `kept` with this path
    for (Candidate& candidate : candidates_) {
      const CensusEntry& entry = candidate.input.entry;
      if (!kept.empty() && kept.back().input.entry.file.path != entry.file.path)
        first = kept.size();
      std::size_t same = first;
      while (same < kept.size() && !is_same_file(kept[same].input.entry, entry)) ++same;
      if (same == kept.size()) {
        kept.push_back(std::move(candidate));
        copies_.emplace_back();
        continue;
      }
      Part& part = *parts_[candidate.part];
      const CensusEntry& winner = kept[same].input.entry;
      if (content_of(entry) == content_of(winner)) {
        copies_[same].push_back(origin_of(part, candidate.input));
        continue;
      }
      give_up(part, candidate.input.id);
      if (entry.unreadable && !winner.unreadable)
        unreadable.push_back(fmt::format("{} in {}", entry.file.path, part.path().string()));
      else if (!entry.unreadable)
        replaced.push_back(fmt::format("{}{}", printable(entry.file.id), dates(entry, winner)));
    }
    candidates_ = std::move(kept);
    if (!replaced.empty())
      options_.on_remark(fmt::format("{} entries are replaced by newer files: {}", replaced.size(),
                                     first_names(replaced, replaced.size())));
    if (!unreadable.empty())
      options_.on_remark(
          fmt::format("{} files cannot be read in one part, and are taken from another: {}",
                      unreadable.size(), first_names(unreadable, unreadable.size())));
  }

  static std::string dates(const CensusEntry& entry, const CensusEntry& winner) {
    const std::string& date = entry.file.revision_date;
    const std::string& newer = winner.file.revision_date;
    return date == newer ? "" : fmt::format(" of {} by {}", date.empty() ? "no date" : date, newer);
  }

  void add_to_planner() {
    std::vector<std::size_t> order(candidates_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) {
      return is_planned_before(candidates_[a].input, candidates_[b].input);
    });
    for (const std::size_t i : order) {
      auto& [part, input] = candidates_[i];
      auto& origins = plan_.origins.emplace_back(1, origin_of(*parts_[part], input));
      origins.insert(origins.end(), copies_[i].begin(), copies_[i].end());
      planner_.add(std::filesystem::path(origins.front().path), std::move(input.entry));
    }
    plan_.census = planner_.finish();
  }

  /// Of inputs that have the same bytes, one is used, which then has all their origins. Others that
  /// are rejected are given up.
  void find_copies_and_exclusions() {
    std::map<Content, std::size_t> number_of;
    for (const auto& input : plan_.census.inputs)
      if (!input.is_copy) number_of.emplace(content_of(input.file), input.number);
    // Copies whose validation reports differ are not the same input.
    const auto is_same_input = [&](const PlannedInput& input) {
      return input.is_copy && number_of.contains(content_of(input.file));
    };
    for (const auto& input : plan_.census.inputs) {
      if (!is_same_input(input)) continue;
      auto& origins = plan_.origins[number_of.at(content_of(input.file))];
      const auto& copies = plan_.origins[input.number];
      origins.insert(origins.end(), copies.begin(), copies.end());
    }
    for (const auto& input : plan_.census.inputs)
      if (input.rejected && !is_same_input(input))
        for (const Origin& origin : plan_.origins[input.number]) give_up(*origin.part, origin.id);
  }

  const Parts& parts_;
  const MergeOptions& options_;
  Planner planner_;
  std::vector<Candidate> candidates_;
  std::vector<std::vector<Origin>> copies_;  // of each candidate, in other parts
  MergePlan plan_;
};

}  // namespace

MergePlan plan_merge(const Parts& parts, const MergeOptions& options, const CensusOptions& census) {
  return MergePlanner(parts, options, census).plan();
}

}  // namespace mmgym
