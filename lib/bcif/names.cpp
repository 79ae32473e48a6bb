#include "bcif/names.h"

#include <algorithm>

#include "bcif/damage.h"

namespace mmgym {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool comes_before(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return lower(x) < lower(y); });
}

}  // namespace

NameIndex::NameIndex(const std::vector<std::string_view>& names) {
  entries_.reserve(names.size());
  for (const std::string_view name : names) entries_.push_back({name, entries_.size()});
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) { return comes_before(a.name, b.name); });
  const auto twice = std::adjacent_find(
      entries_.begin(), entries_.end(),
      [](const Entry& a, const Entry& b) { return !comes_before(a.name, b.name); });
  if (twice != entries_.end()) throw Damage{shown(twice->name) + " occurs twice"};
}

std::optional<std::size_t> NameIndex::find(std::string_view name) const {
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), name,
      [](const Entry& entry, std::string_view wanted) { return comes_before(entry.name, wanted); });
  if (found == entries_.end() || comes_before(name, found->name)) return std::nullopt;
  return found->position;
}

}  // namespace mmgym
