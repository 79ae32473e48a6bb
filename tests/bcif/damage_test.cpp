// What is refused, and with which message.

#include <limits>

#include "catch.h"
#include "decoded.h"

using namespace mmgym;
using namespace mmgym::testing;
using namespace mmgym::testing::bcif;

namespace {

const std::string kColumn = "not valid BinaryCIF: _atom_site.x: ";

json three() { return EncodedIntegers({5, 5, 6}).byte_array(kInt32); }

/// The refusal of a column with this data and three rows, without the place.
std::string refusal_of_data(const json& data, const json& mask = nullptr) {
  const std::string message = refusal(file_of(data, 3, mask));
  if (message.compare(0, kColumn.size(), kColumn) != 0) return "elsewhere: " + message;
  return message.substr(kColumn.size());
}

/// The same for integers behind one encoding.
std::string refusal_of(const json& encoding, const std::vector<std::int64_t>& values,
                       Type type = kInt32) {
  return refusal_of_data(
      {{"data", binary(values, type)}, {"encoding", {encoding, byte_array(type)}}});
}

/// The refusal of the file if a part of it is changed.
std::string refusal_with(const char* pointer, const json& value) {
  json whole = file_of(three(), 3);
  whole[json::json_pointer(pointer)] = value;
  return refusal(whole);
}

/// The refusal of the file if a key of a part is removed.
std::string refusal_without(const char* pointer, const char* key) {
  json whole = file_of(three(), 3);
  whole[json::json_pointer(pointer)].erase(key);
  return refusal(whole);
}

}  // namespace

TEST_CASE("Bytes that are not one MessagePack map are refused") {
  const std::string bytes = packed(file_of(three(), 3));
  CHECK(refusal_of_bytes(bytes).empty());
  CHECK(refusal_of_bytes("") == "not valid BinaryCIF: the data is cut short");
  CHECK(refusal_of_bytes("data_1ABC") == "not valid BinaryCIF: the data has bytes after its end");
  CHECK(refusal_of_bytes("\x05") == "not valid BinaryCIF: the data is not a map");
  CHECK(refusal_of_bytes("\x81\xc1\x01") == "not valid BinaryCIF: byte 1 is not MessagePack");
  CHECK(refusal_of_bytes(bytes + "x") == "not valid BinaryCIF: the data has bytes after its end");
  for (std::size_t size = 0; size < bytes.size(); ++size)
    REQUIRE(refusal_of_bytes(bytes.substr(0, size)) ==
            "not valid BinaryCIF: the data is cut short");
}

TEST_CASE("Counts that promise more than there is are refused without memory for them") {
  const std::string cut_short = "not valid BinaryCIF: the data is cut short";
  CHECK(refusal_of_bytes("\xdf\xff\xff\xff\xff\x01\x01") == cut_short);
  CHECK(refusal_of_bytes("\x81\x01\xdd\xff\xff\xff\xff\x01") == cut_short);
  CHECK(refusal_of_bytes("\x81\x01\xc6\xff\xff\xff\xff\x01") == cut_short);
  CHECK(refusal_of_bytes("\x81\x01\xdb\xff\xff\xff\xff\x01") == cut_short);
  std::string nested = "\x81\x01";
  for (int i = 0; i < 100; ++i) nested += std::string("\xdd\x00\x00\x00\x32", 5);
  nested += std::string(10000, '\x01');
  CHECK(refusal_of_bytes(nested) == "not valid BinaryCIF: values are nested too deeply");
  CHECK(refusal_of_bytes("\x81\x01" + std::string(100000, '\x91')) ==
        "not valid BinaryCIF: values are nested too deeply");
}

TEST_CASE("Missing and odd keys of the file are refused with their place") {
  const std::string start = "not valid BinaryCIF: ";
  CHECK(refusal_without("", "dataBlocks") == start + "dataBlocks is missing");
  CHECK(refusal_with("/dataBlocks", 5) == start + "dataBlocks is not an array");
  CHECK(refusal_with("/dataBlocks", {1}) == start + "dataBlocks is not an array of maps");
  CHECK(refusal_without("/dataBlocks/0", "header") == start + "header is missing");
  CHECK(refusal_without("/dataBlocks/0", "categories") == start + "categories is missing");
  CHECK(refusal_without("/dataBlocks/0/categories/0", "name") ==
        start + "category 1: name is missing");
  CHECK(refusal_with("/dataBlocks/0/categories/0/name", 5) ==
        start + "category 1: name is not a text");
  CHECK(refusal_without("/dataBlocks/0/categories/0", "rowCount") ==
        start + "_atom_site: rowCount is missing");
  CHECK(refusal_with("/dataBlocks/0/categories/0/rowCount", -1) ==
        start + "_atom_site: rowCount -1 is negative");
  CHECK(refusal_with("/dataBlocks/0/categories/0/rowCount", 2.5) ==
        start + "_atom_site: rowCount is not an integer");
  CHECK(refusal_with("/dataBlocks/0/categories/0/rowCount", 1e300) ==
        start + "_atom_site: rowCount is not an integer");
  CHECK(refusal_with("/dataBlocks/0/categories/0/rowCount",
                     std::numeric_limits<std::uint64_t>::max()) ==
        start + "_atom_site: rowCount is not an integer");
  CHECK(refusal_with("/dataBlocks/0/categories/0/rowCount", "3") ==
        start + "_atom_site: rowCount is not an integer");
  CHECK(refusal_with("/dataBlocks/0/categories/0/rowCount", 3.0).empty());
  CHECK(refusal_with("/dataBlocks/0/categories/0/columns", json::array()) ==
        start + "_atom_site: there are rows without columns");
  CHECK(refusal_without("/dataBlocks/0/categories/0/columns/0", "name") ==
        start + "_atom_site: name is missing");
  CHECK(refusal_without("/dataBlocks/0/categories/0/columns/0", "data") ==
        kColumn + "data is missing");
  CHECK(refusal_with("/dataBlocks/0/categories/0/columns/0/data", nullptr) ==
        kColumn + "data is not a map");
  CHECK(refusal_without("/dataBlocks/0/categories/0/columns/0/data", "data") ==
        kColumn + "data is missing");
  CHECK(refusal_with("/dataBlocks/0/categories/0/columns/0/data/data", 7) ==
        kColumn + "data is not binary data");
  CHECK(refusal_without("/dataBlocks/0/categories/0/columns/0/data", "encoding") ==
        kColumn + "encoding is missing");
  CHECK(refusal_with("/dataBlocks/0/categories/0/columns/0/mask", 1) ==
        kColumn + "mask is not a map");
  CHECK(refusal_without("/dataBlocks/0/categories/0/columns/0", "mask").empty());
}

TEST_CASE("Names that occur twice are refused, also in another case") {
  const json id = column("id", three());
  const json upper = column("ID", three());
  const json entity = category("_entity", 3, {id});
  CHECK(refusal(file({block("1ABC", {entity, category("_Entity", 3, {id})})})) ==
        "not valid BinaryCIF: _entity occurs twice");
  CHECK(refusal(file({block("1ABC", {category("_entity", 3, {id, upper})})})) ==
        "not valid BinaryCIF: _entity: id occurs twice");
}

TEST_CASE("Names from a file are printable and short in messages") {
  json whole = file_of(three(), 3);
  json& place = whole["dataBlocks"][0]["categories"][0];
  place["name"] = "_a\x1b[31m\n";
  place["columns"][0]["name"] = std::string(500, 'x');
  place["rowCount"] = 4;
  CHECK(refusal(whole) == "not valid BinaryCIF: _a\\x1B[31m\\n." + std::string(60, 'x') +
                              "...: 3 values, the category has 4 rows");
}

TEST_CASE("Values that are not one for each row are refused") {
  CHECK(refusal(file_of(three(), 4)) == kColumn + "3 values, the category has 4 rows");
  CHECK(refusal(file_of(three(), 2)) ==
        kColumn + "ByteArray gives 3 values, the category has 2 rows");
  CHECK(refusal(file_of(float_array({1, 2}), 3)) == kColumn + "2 values, the category has 3 rows");
  CHECK(refusal(file_of(string_array({"a"}), 3)) == kColumn + "1 values, the category has 3 rows");
}

TEST_CASE("Lists of encodings that are no chain to bytes are refused") {
  const json bytes = binary({5, 5, 6}, kInt32);
  const auto with = [&bytes](const json& encodings) {
    return refusal_of_data({{"data", bytes}, {"encoding", encodings}});
  };
  const json delta = {{"kind", "Delta"}, {"origin", 0}, {"srcType", kInt32}};
  CHECK(with(json::array()) == "there are no encodings");
  CHECK(with(json::array({delta})) == "the last encoding is 'Delta', not ByteArray");
  CHECK(with({byte_array(kInt32), byte_array(kInt32)}) == "ByteArray is not the last encoding");
  CHECK(with({{{"kind", "Zip"}}, byte_array(kInt32)}) == "encoding 'Zip' is unknown");
  CHECK(with({{{"type", 3}}, byte_array(kInt32)}) == "kind is missing");
  CHECK(with({{{"kind", 3}}, byte_array(kInt32)}) == "kind is not a text");
  CHECK(with(json::array({1, byte_array(kInt32)})) == "encoding is not an array of maps");
  CHECK(with({string_array({"a"})["encoding"][0], byte_array(kInt32)}) ==
        "StringArray is not the only encoding");
  json many(20, delta);
  many.push_back(byte_array(kInt32));
  CHECK(with(many) == "there are 21 encodings");
}

TEST_CASE("Bytes that are not numbers of a type are refused") {
  const auto with = [](const json& encoding, std::size_t bytes) {
    return refusal_of_data({{"data", json::binary(std::vector<std::uint8_t>(bytes))},
                            {"encoding", json::array({encoding})}});
  };
  CHECK(with({{"kind", "ByteArray"}}, 12) == "type is missing");
  CHECK(with({{"kind", "ByteArray"}, {"type", 7}}, 12) == "type 7 of ByteArray is unknown");
  CHECK(with({{"kind", "ByteArray"}, {"type", 0}}, 12) == "type 0 of ByteArray is unknown");
  CHECK(with({{"kind", "ByteArray"}, {"type", 4294967299}}, 12) ==
        "type 4294967299 of ByteArray is unknown");
  CHECK(with(byte_array(kInt32), 11) == "11 bytes of ByteArray are not divisible by 4");
  CHECK(with(byte_array(kFloat64), 12) == "12 bytes of ByteArray are not divisible by 8");
}

TEST_CASE("Encodings of integers are refused for other numbers") {
  const auto with = [](json encoding) {
    json data = float_array({1, 2, 3});
    encoding.update({{"srcType", 3}, {"srcSize", 3}, {"origin", 0}, {"factor", 10}});
    data["encoding"].insert(data["encoding"].begin(), encoding);
    return refusal_of_data(data);
  };
  CHECK(with({{"kind", "Delta"}}) == "Delta of numbers that are not integers");
  CHECK(with({{"kind", "RunLength"}}) == "RunLength of numbers that are not integers");
  CHECK(with({{"kind", "FixedPoint"}}) == "FixedPoint of numbers that are not integers");
  CHECK(with({{"kind", "IntervalQuantization"}, {"min", 0}, {"max", 1}, {"numSteps", 5}}) ==
        "IntervalQuantization of numbers that are not integers");
  CHECK(with({{"kind", "IntegerPacking"}, {"byteCount", 1}, {"isUnsigned", false}}) ==
        "IntegerPacking of numbers that are not integers");
  json twice = fixed_point({1, 2, 3}, 10).byte_array(kInt32);
  twice["encoding"].insert(twice["encoding"].begin(), twice["encoding"][0]);
  CHECK(refusal_of_data(twice) == "FixedPoint of numbers that are not integers");
}

TEST_CASE("FixedPoint needs a positive finite factor") {
  const auto with = [](const json& factor) {
    return refusal_of({{"kind", "FixedPoint"}, {"factor", factor}, {"srcType", 32}}, {1, 2, 3});
  };
  CHECK(with(0) == "factor of FixedPoint is not positive");
  CHECK(with(-10) == "factor of FixedPoint is not positive");
  CHECK(with(std::numeric_limits<double>::quiet_NaN()) == "factor is not a finite number");
  CHECK(with(std::numeric_limits<double>::infinity()) == "factor is not a finite number");
  CHECK(with("1000") == "factor is not a number");
  CHECK(refusal_of({{"kind", "FixedPoint"}}, {1, 2, 3}) == "factor is missing");
}

TEST_CASE("IntervalQuantization needs an interval, steps, and values among these") {
  const auto with = [](const json& min, const json& max, const json& steps) {
    return refusal_of({{"kind", "IntervalQuantization"},
                       {"min", min},
                       {"max", max},
                       {"numSteps", steps},
                       {"srcType", 32}},
                      {0, 1, 2});
  };
  CHECK(with(0, 1, 3) == "elsewhere: ");
  CHECK(with(0, 1, 1) == "numSteps of IntervalQuantization is less than 2");
  CHECK(with(0, 1, -5) == "numSteps of IntervalQuantization is less than 2");
  CHECK(with(0, 1, "a") == "numSteps is not an integer");
  CHECK(with(2, 1, 3) == "min and max of IntervalQuantization are not an interval");
  CHECK(with(-1.7e308, 1.7e308, 3) == "min and max of IntervalQuantization are not an interval");
  CHECK(with(std::numeric_limits<double>::quiet_NaN(), 1, 3) == "min is not a finite number");
  CHECK(with(0, 1, 2) == "IntervalQuantization has value 2 of 2 steps");
}

TEST_CASE("RunLength with counts that are wrong or huge is refused") {
  const auto with = [](const json& size, const std::vector<std::int64_t>& runs, int type = kInt32) {
    return refusal_of({{"kind", "RunLength"}, {"srcType", type}, {"srcSize", size}}, runs);
  };
  CHECK(with(3, {5, 2, 6, 1}) == "elsewhere: ");
  CHECK(with(3, {5, 2, 6}) == "RunLength has a value without a count");
  CHECK(with(3, {5, -2, 6, 5}) == "RunLength has count -2");
  CHECK(with(3, {5, 2147483647, 6, 2147483647, 7, 2147483647}) ==
        "RunLength gives 6442450941 values, the category has 3 rows");
  CHECK(with(2, {5, 3}) == "srcSize 2 of RunLength is not the number of values");
  CHECK(with(-3, {5, 3}) == "srcSize of RunLength is negative");
  CHECK(with(5000000000, {5, 3}) == "RunLength gives 5000000000 values, the category has 3 rows");
  CHECK(with(3, {5, 1, 6, 1, 7, 1, 8, 0}) == "ByteArray gives 8 values, the category has 3 rows");
  CHECK(with(3, {5, 3}, kFloat32) == "srcType of RunLength is not a type of integers");
  CHECK(with(3, {5, 3}, 9) == "srcType 9 of RunLength is unknown");
  CHECK(refusal_of({{"kind", "RunLength"}, {"srcType", 3}}, {5, 3}) == "srcSize is missing");
  CHECK(refusal_of({{"kind", "RunLength"}, {"srcSize", 3}}, {5, 3}) == "srcType is missing");

  const json nested = {{{"kind", "RunLength"}, {"srcType", 3}, {"srcSize", 3}},
                       {{"kind", "RunLength"}, {"srcType", 3}, {"srcSize", 2000000000}},
                       byte_array(kInt32)};
  CHECK(refusal_of_data({{"data", binary({1, 2000000000}, kInt32)}, {"encoding", nested}}) ==
        "RunLength gives 2000000000 values, the category has 3 rows");
}

TEST_CASE("Memory behind IntegerPacking is limited too") {
  // No row count limits what IntegerPacking joins.
  const json encodings = {
      {{"kind", "IntegerPacking"}, {"byteCount", 1}, {"isUnsigned", false}, {"srcSize", 3}},
      {{"kind", "RunLength"}, {"srcType", 3}, {"srcSize", 2000000000}},
      byte_array(kInt32)};
  CHECK(refusal(file_of({{"data", binary({127, 2000000000}, kInt32)}, {"encoding", encodings}},
                        3)) == "the BinaryCIF data needs more than 1.0 MB of memory at a time");
}

TEST_CASE("Delta needs its origin and type") {
  CHECK(refusal_of({{"kind", "Delta"}, {"srcType", 3}}, {1, 2, 3}) == "origin is missing");
  CHECK(refusal_of({{"kind", "Delta"}, {"origin", 0}}, {1, 2, 3}) == "srcType is missing");
  CHECK(refusal_of({{"kind", "Delta"}, {"srcType", 33}, {"origin", 0}}, {1, 2, 3}) ==
        "srcType of Delta is not a type of integers");
  CHECK(refusal_of({{"kind", "Delta"}, {"srcType", 3}, {"origin", 0.5}}, {1, 2, 3}) ==
        "origin is not an integer");
}

TEST_CASE("IntegerPacking that is cut, too long or too large is refused") {
  const auto with = [](const json& byte_count, const json& size,
                       const std::vector<std::int64_t>& values, Type type = kInt8) {
    return refusal_of({{"kind", "IntegerPacking"},
                       {"byteCount", byte_count},
                       {"isUnsigned", false},
                       {"srcSize", size}},
                      values, type);
  };
  CHECK(with(1, 3, {1, 127, 2, 3}) == "elsewhere: ");
  CHECK(with(4, 3, {1, 2, 3}) == "byteCount 4 of IntegerPacking is not 1 or 2");
  CHECK(with(0, 3, {1, 2, 3}) == "byteCount 0 of IntegerPacking is not 1 or 2");
  CHECK(with("1", 3, {1, 2, 3}) == "byteCount is not an integer");
  CHECK(with(1, 3, {1, 2, 3, 127}) == "IntegerPacking ends within a value");
  CHECK(with(1, 3, {1, 2, 127, 127}) == "IntegerPacking ends within a value");
  CHECK(with(1, 3, {1, 127, 2, 3, 4}) == "srcSize 3 of IntegerPacking is not the number of values");
  CHECK(with(1, 3, {1, 2, 3, 4}) == "srcSize 3 of IntegerPacking is not the number of values");
  CHECK(with(1, 3, {1, 2}) == "srcSize 3 of IntegerPacking is not the number of values");
  CHECK(with(1, 4, {1, 2, 3, 4}) == "IntegerPacking gives 4 values, the category has 3 rows");
  CHECK(with(1, -1, {1, 2, 3, 4}) == "srcSize of IntegerPacking is negative");
  CHECK(with(2, 3, {1, 32767, 2147483647, 2, 3}, kInt32) ==
        "IntegerPacking gives 2147516414, which exceeds 32 bits");
  CHECK(refusal_of({{"kind", "IntegerPacking"}, {"byteCount", 1}, {"srcSize", 3}}, {1, 2, 3}) ==
        "isUnsigned is missing");
  CHECK(
      refusal_of({{"kind", "IntegerPacking"}, {"byteCount", 1}, {"srcSize", 3}, {"isUnsigned", 1}},
                 {1, 2, 3}) == "isUnsigned is not true or false");
}

TEST_CASE("Strings with wrong offsets or indices are refused") {
  const auto with = [](const std::vector<std::int64_t>& offsets,
                       const std::vector<std::int64_t>& indices) {
    return refusal_of_data(string_array("aAB", offsets, indices));
  };
  CHECK(with({0, 1, 3}, {0, 1, -1}) == "elsewhere: ");
  CHECK(with({-1, 1, 3}, {0, 1, 0}) == "offset -1 is less than 0");
  CHECK(with({0, 2, 1}, {0, 1, 0}) == "offset 1 is less than 2");
  CHECK(with({0, 1, 4}, {0, 1, 0}) == "offset 4 is beyond the 3 bytes of stringData");
  CHECK(with({0, 1, 2147483647}, {0, 1, 0}) ==
        "offset 2147483647 is beyond the 3 bytes of stringData");
  CHECK(with({0, 1, 3}, {0, 1, 2}) == "index 2 is not of one of 2 strings");
  CHECK(with({0, 1, 3}, {0, 1, -2}) == "index -2 is not of one of 2 strings");
  CHECK(with({0}, {0, -1, -1}) == "index 0 is not of one of 0 strings");
  CHECK(with({}, {0, -1, -1}) == "index 0 is not of one of 0 strings");
  CHECK(with({0, 0, 0, 1, 1, 3}, {0, 1, 0}) == "ByteArray gives 6 values, there can be 5 offsets");
  CHECK(refusal_of_data(string_array("Å", {0, 0}, {0, 0, 0})) ==
        "offsets do not end where stringData does");
}

TEST_CASE("Strings with missing or odd keys are refused") {
  const auto with = [](const char* key, const json& value) {
    json data = string_array({"a", "b", "c"});
    if (value.is_null()) {
      data["encoding"][0].erase(key);
    } else {
      data["encoding"][0][key] = value;
    }
    return refusal_of_data(data);
  };
  CHECK(with("stringData", nullptr) == "stringData is missing");
  CHECK(with("stringData", 5) == "stringData is not binary data");
  CHECK(with("offsets", nullptr) == "offsets is missing");
  CHECK(with("offsetEncoding", nullptr) == "offsetEncoding is missing");
  CHECK(with("dataEncoding", nullptr) == "dataEncoding is missing");
  CHECK(with("dataEncoding", json::array()) == "there are no encodings");
  CHECK(with("dataEncoding", json::array({byte_array(kFloat32)})) ==
        "indices of strings are not integers");
  CHECK(with("offsetEncoding", json::array({byte_array(kFloat32)})) == "offsets are not integers");
  CHECK(with("dataEncoding", string_array({"a"})["encoding"]) ==
        "the last encoding is 'StringArray', not ByteArray");
}

TEST_CASE("Masks of the wrong length or with other values are refused") {
  const auto with = [](const json& mask) { return refusal_of_data(three(), mask); };
  CHECK(with(EncodedIntegers({0, 1, 2}).byte_array(kUint8)) == "elsewhere: ");
  CHECK(with(EncodedIntegers({0, 1}).byte_array(kUint8)) ==
        "2 values of the mask, the category has 3 rows");
  CHECK(with(EncodedIntegers({0, 1, 0, 0}).byte_array(kUint8)) ==
        "ByteArray gives 4 values, the category has 3 rows");
  CHECK(with(EncodedIntegers({0, 1, 3}).byte_array(kUint8)) == "the mask has value 3");
  CHECK(with(EncodedIntegers({0, 1, -1}).byte_array(kInt8)) == "the mask has value -1");
  CHECK(with(EncodedIntegers({0, 1, 256}).byte_array(kInt32)) == "the mask has value 256");
  CHECK(with(float_array({0, 1, 2})) == "values of the mask are not integers");
  CHECK(with(string_array({"a"})) == "the last encoding is 'StringArray', not ByteArray");
  CHECK(with({{"data", "abc"}}) == "encoding is missing");
}
