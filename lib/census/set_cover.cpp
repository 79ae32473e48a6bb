#include "census/set_cover.h"

#include <algorithm>

namespace mmgym {
namespace {

constexpr std::size_t kMostSteps = 100000;
/// Of sets and elements that are looked at, for inputs so large that a single step is slow.
constexpr std::size_t kMostVisits = 1000000000;

class CoverSearch {
 public:
  explicit CoverSearch(const std::vector<std::vector<std::uint32_t>>& sets) : sets_(sets) {
    for (std::size_t i = 0; i < sets.size(); ++i)
      for (const auto element : sets[i]) {
        if (element >= sets_of_.size()) sets_of_.resize(element + 1);
        sets_of_[element].push_back(i);
      }
    times_covered_.assign(sets_of_.size(), 0);
    for (const auto& set : sets) gains_.push_back(set.size());
    for (const auto& sets_of_element : sets_of_) uncovered_ += sets_of_element.empty() ? 0 : 1;
  }

  std::vector<std::size_t> search() {
    const std::vector<std::size_t> greedy = greedy_cover();
    // Finds the smallest size of a cover, then the first cover of that size.
    std::size_t size = 0;
    while (size < greedy.size() && !is_coverable_with(size)) ++size;
    if (gave_up()) return greedy;
    std::vector<std::size_t> cover;
    for (std::size_t i = 0; i < sets_.size() && cover.size() < size; ++i) {
      take(i);
      if (is_coverable_with(size - cover.size() - 1))
        cover.push_back(i);
      else
        put_back(i);
    }
    return gave_up() ? greedy : cover;
  }

 private:
  bool gave_up() const { return steps_ > kMostSteps || visits_ > kMostVisits; }

  void take(std::size_t set) {
    visits_ += sets_[set].size();
    for (const auto element : sets_[set]) {
      if (times_covered_[element]++ > 0) continue;
      --uncovered_;
      visits_ += sets_of_[element].size();
      for (const auto other : sets_of_[element]) --gains_[other];
    }
  }
  void put_back(std::size_t set) {
    visits_ += sets_[set].size();
    for (const auto element : sets_[set]) {
      if (--times_covered_[element] > 0) continue;
      ++uncovered_;
      visits_ += sets_of_[element].size();
      for (const auto other : sets_of_[element]) ++gains_[other];
    }
  }

  /// Whether `count` more sets can cover the remaining elements.
  bool is_coverable_with(std::size_t count) {
    if (uncovered_ == 0) return true;
    if (count == 0) return false;
    ++steps_;
    visits_ += sets_.size() + sets_of_.size();
    if (gave_up()) return false;
    const std::size_t most = *std::max_element(gains_.begin(), gains_.end());
    if (uncovered_ > count * most) return false;
    // Every element needs one of its sets: branch on the element with the fewest.
    std::size_t scarcest = sets_of_.size();
    for (std::size_t e = 0; e < sets_of_.size(); ++e)
      if (!sets_of_[e].empty() && times_covered_[e] == 0 &&
          (scarcest == sets_of_.size() || sets_of_[e].size() < sets_of_[scarcest].size()))
        scarcest = e;
    for (const std::size_t set : sets_of_[scarcest]) {
      take(set);
      const bool found = is_coverable_with(count - 1);
      put_back(set);
      if (found) return true;
    }
    return false;
  }

  std::vector<std::size_t> greedy_cover() {
    std::vector<std::size_t> cover;
    while (uncovered_ > 0) {
      const auto best =
          static_cast<std::size_t>(std::max_element(gains_.begin(), gains_.end()) - gains_.begin());
      cover.push_back(best);
      take(best);
    }
    for (const auto set : cover) put_back(set);
    std::sort(cover.begin(), cover.end());
    return cover;
  }

  const std::vector<std::vector<std::uint32_t>>& sets_;
  std::vector<std::vector<std::size_t>> sets_of_;  // by element
  std::vector<std::uint32_t> times_covered_;
  std::vector<std::size_t> gains_;  // number of uncovered elements of each set
  std::size_t uncovered_ = 0;
  std::size_t steps_ = 0;
  std::size_t visits_ = 0;
};

}  // namespace

std::vector<std::size_t> minimal_cover(const std::vector<std::vector<std::uint32_t>>& sets) {
  return CoverSearch(sets).search();
}

}  // namespace mmgym
