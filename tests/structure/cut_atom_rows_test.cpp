#include "structure/cut_atom_rows.h"

#include <cmath>
#include <string>
#include <vector>

#include "base/random_stream.h"
#include "base/text.h"
#include "catch.h"

using namespace mmgym;

namespace {

constexpr std::size_t kColumns = 8;
const AtomColumns kWanted = {{"c0", "c6", "none", "c2", "c5", "Cartn_x"}, 1};
const std::vector<std::size_t> kPlaces = {0, 6, kColumns, 2, 5, 3};

/// Rows with values of every kind, most of them as in the row before, in columns that are aligned
/// except in some rows.
std::string random_rows(RandomStream& random) {
  static const std::vector<std::string> kValues = {
      "CA", "C",     "?",    ".",     "\"O5'\"", "'a b'", "'?'", "''",    "\"x\"y\"",
      "N",  "1.250", "-3.5", "a'b\"", "'it's'",  "\"",    "x",   "\"\t\""};
  const auto below = [&](std::size_t most) {
    return static_cast<std::size_t>(random.uniform(0, static_cast<double>(most)));
  };
  const auto any_value = [&] {
    return below(60) == 0 ? std::string(below(300), 'x') + "y" : kValues[below(kValues.size())];
  };
  std::vector<std::string> row(kColumns);
  for (auto& value : row) value = any_value();
  std::string text;
  for (std::size_t rows = 1 + below(60); rows > 0; --rows) {
    while (below(3) > 0) row[below(kColumns)] = any_value();
    const bool is_aligned = below(10) > 0;
    for (const auto& value : row) {
      text += value;
      text.append(is_aligned && value.size() < 6 ? 7 - value.size() : 1, below(50) ? ' ' : '\t');
    }
    if (below(20) == 0) text += '\r';
    if (rows > 1 || below(2) == 0) text += '\n';
    if (below(30) == 0) text += " \n";
  }
  return text;
}

/// The values of all rows, by splitting each line.
std::vector<std::vector<std::string_view>> split_rows(std::string_view text) {
  std::vector<std::vector<std::string_view>> rows;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::vector<std::string_view> values;
    split_row(text.substr(0, end), values);
    text.remove_prefix(std::min(end + 1, text.size()));
    for (auto& value : values)
      if (value == "?" || value == ".") value = {};
    if (!values.empty()) rows.push_back(std::move(values));
  }
  return rows;
}

}  // namespace

TEST_CASE("Rows that are compared with the row before have the values of their lines") {
  RandomStream random(21);
  std::size_t compared = 0;
  std::size_t same = 0;
  for (int round = 0; round < 2000; ++round) {
    const std::string text = random_rows(random);
    CAPTURE(text);
    CutText cut;
    for (const char* name : {"c0", "c1", "c2", "Cartn_x", "c4", "c5", "c6", "c7"})
      cut.atom_columns.emplace_back(name);
    cut.atom_rows = text;
    CutAtomRows rows(cut, kWanted);
    const AtomRows::Row* row = nullptr;
    std::vector<std::string> last;
    try {
      for (const auto& expected : split_rows(text)) {
        row = rows.next();
        // In unusual rows, a quote is missing.
        if (expected.size() != kColumns) throw std::logic_error("an unusual row was read");
        REQUIRE(row != nullptr);
        for (std::size_t i = 0; i < kWanted.names.size(); ++i) {
          const auto value = kPlaces[i] < kColumns ? expected[kPlaces[i]] : std::string_view();
          REQUIRE(rows.text(i) == value);
          if (i >= kWanted.texts()) {
            const double number = decimal_number(value);
            REQUIRE((rows.number(i) == number || std::isnan(number)));
            continue;
          }
          REQUIRE((*row)[i] == value);
          if (!last.empty() && value != last[i]) REQUIRE((rows.differing() >> i & 1) == 1);
          same += (rows.differing() >> i & 1) == 0 ? 1 : 0;
          ++compared;
        }
        last.assign(row->begin(), row->end());
      }
      REQUIRE(rows.next() == nullptr);
    } catch (const UnusualLayout&) {
    } catch (const StructureError&) {  // a value is too long
    }
  }
  CHECK(compared > 50'000);
  CHECK(same > compared / 10);
}
