#include "structure/cut_atom_rows.h"

#include <algorithm>
#include <bit>

#include "base/text.h"

namespace mmgym {
namespace {

constexpr std::string_view kCoordinate = "Cartn_x";

constexpr std::size_t kWord = 64;
constexpr std::size_t kWords = std::tuple_size_v<LineMask>;

/// "" if it says that there is no value.
std::string_view unless_missing(std::string_view value) {
  return value.size() == 1 && (value[0] == '?' || value[0] == '.') ? std::string_view() : value;
}

/// The first place at or after another; kBytes if there is none.
std::size_t first_place(const LineMask& mask, std::size_t from) {
  std::uint64_t wanted = ~std::uint64_t{0} << from % kWord;
  for (std::size_t word = from / kWord; word < kWords; ++word) {
    const std::uint64_t bits = mask[word] & wanted;
    if (bits != 0) return word * kWord + static_cast<std::size_t>(std::countr_zero(bits));
    wanted = ~std::uint64_t{0};
  }
  return LineMasks::kBytes;
}

template <typename Visit>
void for_each_place(const LineMask& mask, Visit visit) {
  for (std::size_t word = 0; word < kWords; ++word)
    for (std::uint64_t bits = mask[word]; bits != 0; bits &= bits - 1)
      visit(word * kWord + static_cast<std::size_t>(std::countr_zero(bits)));
}

}  // namespace

CutAtomRows::CutAtomRows(const CutText& cut, const AtomColumns& columns)
    : wanted_(columns),
      width_(cut.atom_columns.size()),
      rest_(cut.atom_rows),
      values_(columns.names.size()) {
  const auto number_of_column = [&cut](std::string_view name) {
    return static_cast<std::size_t>(
        std::find(cut.atom_columns.begin(), cut.atom_columns.end(), name) -
        cut.atom_columns.begin());
  };
  if (number_of_column(kCoordinate) == width_) throw UnusualLayout();
  for (const auto column : columns.names) columns_.push_back(number_of_column(column));
  count_ = rest_.size() / (std::min(rest_.find('\n'), rest_.size()) + 1);
}

const AtomRows::Row* CutAtomRows::next() {
  while (!rest_.empty())
    if (read_masked() || read_split()) {
      ++row_;
      return &values_;
    }
  return nullptr;
}

/// Reads a line in which each value is between blanks. Returns false if it is another.
bool CutAtomRows::read_masked() {
  if (rest_.size() < LineMasks::kBytes) return false;
  const char* const line = rest_.data();
  set_line_masks(line, line_ == nullptr ? line : line_, masks_);
  const std::size_t size = first_place(masks_.end, 0);
  if (size == LineMasks::kBytes) return false;
  LineMask begins;
  std::uint64_t after_blank = 1;
  for (std::size_t word = 0; word < kWords; ++word) {
    const std::size_t rest = size - std::min(size, word * kWord);
    if (rest < kWord) masks_.blank[word] |= ~std::uint64_t{0} << rest;
    begins[word] = ~masks_.blank[word] & (masks_.blank[word] << 1 | after_blank);
    after_blank = masks_.blank[word] >> (kWord - 1);
  }
  line_ = line;
  if (!is_regular(begins)) return false;
  const bool is_same_layout = is_masked_ && begins == begins_;
  if (!is_same_layout) {
    begins_ = begins;
    auto* place = begin_.data();
    for_each_place(begins, [&place](std::size_t begin) { *place++ = begin; });
    *place = LineMasks::kBytes;
  }
  is_masked_ = true;
  differing_ = 0;
  for (std::size_t i = 0; i < wanted_.texts(); ++i) {
    if (!has(i)) continue;
    const std::size_t* const begin = &begin_[columns_[i]];
    if (is_same_layout && first_place(masks_.differs, begin[0]) >= begin[1]) continue;
    differing_ |= ColumnSet{1} << i;
    values_[i] = value(i);
  }
  rest_.remove_prefix(size + 1);
  return true;
}

/// Whether these are the beginnings of as many values as there are columns. A value in quotes must
/// end before the next blank.
bool CutAtomRows::is_regular(const LineMask& begins) const {
  std::size_t count = 0;
  bool regular = true;
  LineMask quoted;
  for (std::size_t word = 0; word < kWords; ++word) {
    count += static_cast<std::size_t>(std::popcount(begins[word]));
    quoted[word] = begins[word] & masks_.quote[word];
  }
  for_each_place(quoted, [&](std::size_t begin) {
    const std::size_t last = end_of_value(begin) - 1;
    regular = regular && last > begin && line_[last] == line_[begin];
  });
  return regular && count == width_;
}

std::size_t CutAtomRows::end_of_value(std::size_t begin) const {
  return first_place(masks_.blank, begin);
}

/// The value of a wanted column in the last line.
std::string_view CutAtomRows::value(std::size_t column) const {
  if (!is_masked_) return values_[column];
  if (!has(column)) return {};
  const std::size_t begin = begin_[columns_[column]];
  const std::string_view value(line_ + begin, end_of_value(begin) - begin);
  if (value.front() == '\'' || value.front() == '"')
    return unless_missing(value.substr(1, value.size() - 2));
  return unless_missing(value);
}

double CutAtomRows::number(std::size_t column) const { return decimal_number(value(column)); }

/// Splits a line into its values. Returns false if it has none.
bool CutAtomRows::read_split() {
  is_masked_ = false;
  const std::size_t end = std::min(rest_.find('\n'), rest_.size());
  split_row(rest_.substr(0, end), split_);
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  if (split_.empty()) return false;
  if (split_.size() != width_) throw UnusualLayout();
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    values_[i] = has(i) ? unless_missing(split_[columns_[i]]) : std::string_view();
    check_length(values_[i], wanted_.names[i], row_ + 1);
  }
  differing_ = ~ColumnSet{0};
  return true;
}

}  // namespace mmgym
