#include "shards/json_field.h"

#include "catch.h"
#include "encoding/shard_error.h"

using namespace mmgym;
using nlohmann::json;

TEST_CASE("The error for a field has the file, the path and the reason") {
  const json value = {{"a", {{{"b", -1}}}}, {"c", "x\ny"}, {"d", 1.5}};
  const JsonField root(value, "index.json");
  const JsonField b = root.at("a").items(1)[0].at("b");
  CHECK_THROWS_WITH(b.whole_number(), "index.json: a[0].b is -1, not a whole number");
  CHECK_THROWS_WITH(b.text(), "index.json: a[0].b is -1, not a text");
  CHECK_THROWS_WITH(b.at("e"), "index.json: a[0].b is -1, not an object");
  CHECK_THROWS_WITH(root.at("e"), "index.json: e is missing");
  CHECK_THROWS_WITH(root.at("a").items(2), "index.json: a has 1 items instead of 2");
  CHECK_THROWS_WITH(root.at("c").boolean(), "index.json: c is \"x\\ny\", not true or false");
  CHECK_THROWS_WITH(root.at("d").whole_number(), "index.json: d is 1.5, not a whole number");
  CHECK_THROWS_WITH(root.at("d").number(2, 3), "index.json: d is 1.5, not a number from 2 to 3");
  CHECK(root.at("d").number() == 1.5);
}

TEST_CASE("JSON that is nested too deeply is refused") {
  const auto nested = [](int levels) {
    return std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']');
  };
  CHECK(parse_json(nested(20), "a").is_array());
  CHECK_THROWS_AS(parse_json(nested(1'000'000), "a"), ShardError);
  CHECK(parse_json("[", "a").is_discarded());
}
