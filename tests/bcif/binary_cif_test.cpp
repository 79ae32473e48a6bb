#include "bcif/binary_cif.h"

#include <cmath>

#include "catch.h"
#include "decoded.h"

using namespace mmgym;
using namespace mmgym::testing;
using namespace mmgym::testing::bcif;

TEST_CASE("BinaryCIF is told from text by its first byte") {
  CHECK(is_binary_cif(packed(file({}))));
  CHECK(is_binary_cif("\x80"));
  CHECK(is_binary_cif("\xde"));
  CHECK(is_binary_cif("\xdf"));
  for (const char* text : {"", "data_1ABC\n", "# text\n", "\n", "\xef\xbb\xbf data_1ABC", "\x90"})
    CHECK_FALSE(is_binary_cif(text));
}

TEST_CASE("Blocks, categories and columns are found by name, without regard to case") {
  const json ids = column("id", EncodedIntegers({1, 2}).byte_array(kInt8));
  const json name = column("Name", string_array({"a", "b"}));
  const std::string bytes = packed(
      file({block("1ABC", {category("_entity", 2, {ids, name}), category("_cell", 2, {ids})}),
            block("2XYZ", {})}));
  const BinaryCif cif(bytes, kMostBytes);
  REQUIRE(cif.blocks().size() == 2);
  CHECK(cif.blocks()[0].header() == "1ABC");
  CHECK(cif.blocks()[0].categories().size() == 2);
  CHECK(cif.blocks()[1].header() == "2XYZ");
  CHECK(cif.blocks()[1].categories().empty());
  CHECK(cif.blocks()[1].find("_entity") == nullptr);

  CHECK(cif.blocks()[0].find("_CELL")->name() == "_cell");
  CHECK(cif.blocks()[0].find("entity") == nullptr);
  const BinaryCategory entity = *cif.blocks()[0].find("_Entity");
  CHECK(entity.name() == "_entity");
  CHECK(entity.rows() == 2);
  CHECK(entity.column_names() == std::vector<std::string_view>{"id", "Name"});
  CHECK(entity.has("ID"));
  CHECK_FALSE(entity.has("i"));
  CHECK(entity.column("iD").number(1) == 2);
  BinaryColumn::TextBuffer buffer;
  CHECK(entity.column("NAME").text(1, buffer) == "b");
}

TEST_CASE("Texts that are stored as binary data are read, as some writers store them") {
  // {"dataBlocks": [{"header": "1ABC", "categories": []}]}
  std::string bytes =
      "\x81\xc4\x0a"
      "dataBlocks\x91\x82\xc4\x06"
      "header\xc4\x04"
      "1ABC\xc4\x0a"
      "categories\x90";
  const BinaryCif cif(bytes, kMostBytes);
  REQUIRE(cif.blocks().size() == 1);
  CHECK(cif.blocks()[0].header() == "1ABC");
}

TEST_CASE("A column that is not there has unknown values") {
  const std::string bytes = packed(file_of(EncodedIntegers({1, 2}).byte_array(kInt8), 2));
  const BinaryColumn column =
      BinaryCif(bytes, kMostBytes).blocks()[0].find("_atom_site")->column("y");
  REQUIRE(column.rows() == 2);
  CHECK(column.state(1) == CifValue::unknown);
  CHECK(std::isnan(column.number(1)));
  BinaryColumn::TextBuffer buffer;
  CHECK(column.text(1, buffer).empty());
}

TEST_CASE("A category and its columns remain when the file object is gone") {
  const std::string bytes = packed(file_of(string_array({"a", "b"}), 2));
  const BinaryCategory category = *BinaryCif(bytes, kMostBytes).blocks()[0].find("_atom_site");
  BinaryColumn column = category.column("x");
  const BinaryColumn moved = std::move(column);
  BinaryColumn::TextBuffer buffer;
  CHECK(moved.text(0, buffer) == "a");
  CHECK(moved.rows() == 2);
}

TEST_CASE("Numbers as text are short, and text as numbers has CIF's syntax") {
  CHECK(texts(float_array({1.5, 12.345, -0.0, 1e-5, 3e300, 100}), 6) ==
        std::vector<std::string>{"1.5", "12.345", "-0", "1e-05", "3e+300", "100"});
  CHECK(texts(EncodedIntegers({4294967295}).byte_array(kUint32), 1) ==
        std::vector<std::string>{"4294967295"});
  CHECK(numbers(string_array({"1.5", "-2", "+3", "4e2", ".5", "-.5", "6.", "1.5(2)"}), 8) ==
        std::vector<double>{1.5, -2, 3, 400, 0.5, -0.5, 6, 1.5});
  for (const char* text : {"", "-", "+", "+-1", "--1", "nan", "-inf", "1.5 ", " 1", "1,5", "0x10",
                           "1e999", "(2)", "1(", "A", "."}) {
    CAPTURE(text);
    CHECK(std::isnan(numbers(string_array({text}), 1)[0]));
  }
}

TEST_CASE("A file has the memory that it is allowed, and columns give theirs back") {
  const std::vector<std::int64_t> ones(10000, 1);
  const std::string bytes = packed(file_of(EncodedIntegers(ones).run_length().byte_array(kInt32),
                                           static_cast<std::int64_t>(ones.size())));
  const BinaryCif cif(bytes, 45000);
  const BinaryCategory category = *cif.blocks()[0].find("_atom_site");
  for (int i = 0; i < 10; ++i) CHECK(category.column("x").rows() == ones.size());
  const BinaryColumn first = category.column("x");
  CHECK_THROWS_AS(category.column("x"), BinaryCifLimit);
  CHECK_THROWS_WITH(category.column("x"),
                    "the BinaryCIF data needs more than 45.0 kB of memory at a time");
}

TEST_CASE("A file with more rows than text could have is refused") {
  const json data = EncodedIntegers({1}).byte_array(kInt8);
  CHECK(refusal(file_of(data, 6000), 12000) ==
        "not valid BinaryCIF: _atom_site.x: 1 values, the category has 6000 rows");
  CHECK(refusal(file_of(data, 6001), 12000) ==
        "_atom_site has 6001 rows, more than 12.0 kB of text");
  CHECK_THROWS_AS(BinaryCif(packed(file_of(data, 6001)), 12000), BinaryCifLimit);
}

TEST_CASE("A tree of many small values is refused before it is stored") {
  json whole = file_of(EncodedIntegers({1}).byte_array(kInt8), 1);
  whole["more"] = std::vector<int>(5000, 0);
  CHECK(refusal(whole, 1000000).empty());
  CHECK(refusal(whole, 100000) ==
        "the BinaryCIF data needs more than 100.0 kB of memory at a time");
}
