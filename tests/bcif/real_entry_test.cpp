// An entry that another program wrote (README.md), against the text that it was made from.

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "catch.h"
#include "data_sample.h"
#include "decoded.h"
#include "inputs/read_file.h"

using namespace mmgym;
using namespace mmgym::testing;

namespace {

using Row = std::vector<std::string>;

/// The column names and rows of _atom_site in a text with a row per line and no spaces in values.
struct AtomTable {
  Row names;
  std::vector<Row> rows;
};

AtomTable atoms_in(const std::string& text) {
  constexpr std::string_view kItem = "_atom_site.";
  AtomTable table;
  for (const std::string_view line : split_at(text, '\n')) {
    if (line.starts_with(kItem)) table.names.emplace_back(line.substr(kItem.size()));
    if (!line.starts_with("ATOM ") && !line.starts_with("HETATM ")) continue;
    Row& row = table.rows.emplace_back();
    for (const std::string_view word : words_of(line)) row.emplace_back(word);
  }
  return table;
}

}  // namespace

TEST_CASE("The atoms of an entry as BinaryCIF are those of its text") {
  const AtomTable table = atoms_in(read_file(data_sample("1a8o")));
  const std::string bytes = read_file(std::string(MMGYM_SOURCE_DIR) + "/tests/bcif/1a8o.bcif.gz");
  REQUIRE(is_binary_cif(bytes));
  const BinaryCif cif(bytes, testing::bcif::kMostBytes);
  REQUIRE(cif.blocks().size() == 1);
  CHECK(cif.blocks()[0].header() == "1A8O");
  const BinaryCategory& atoms = *cif.blocks()[0].find("_atom_site");
  REQUIRE(atoms.rows() == 644);
  REQUIRE(table.rows.size() == 644);
  CHECK(atoms.column_names() ==
        std::vector<std::string_view>(table.names.begin(), table.names.end()));

  std::size_t numbers = 0;
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    const BinaryColumn column = atoms.column(table.names[i]);
    BinaryColumn::TextBuffer buffer;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      INFO(table.names[i] << ", row " << row);
      const std::string& expected = table.rows[row].at(i);
      const std::string_view text = column.text(row, buffer);
      if (expected == "." || expected == "?") {
        REQUIRE(column.state(row) ==
                (expected == "." ? CifValue::not_applicable : CifValue::unknown));
        REQUIRE(text.empty());
      } else if (expected.find('.') != std::string::npos) {
        REQUIRE(column.number(row) == std::strtod(expected.c_str(), nullptr));
        ++numbers;
      } else {
        REQUIRE(text == expected);
      }
    }
  }
  CHECK(numbers == 5 * 644);
}

TEST_CASE("Every column of an entry is read") {
  const std::string bytes = read_file(std::string(MMGYM_SOURCE_DIR) + "/tests/bcif/1a8o.bcif.gz");
  CHECK(testing::bcif::refusal_of_bytes(bytes).empty());
  const BinaryCif cif(bytes, testing::bcif::kMostBytes);
  const BinaryCategory* operators = cif.blocks()[0].find("_pdbx_struct_oper_list");
  REQUIRE(operators != nullptr);
  CHECK(operators->rows() == 2);
  CHECK(operators->column("matrix[1][1]").number(0) == 1);
  BinaryColumn::TextBuffer buffer;
  CHECK(cif.blocks()[0].find("_entry")->column("id").text(0, buffer) == "1A8O");
}
