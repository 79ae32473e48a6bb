#include "base/text.h"

#include <cstdint>

#include "catch.h"

using namespace mmgym;
using Words = std::vector<std::string_view>;

TEST_CASE("Texts are split at separators and white space") {
  CHECK(trimmed(" \t a b\r\n") == "a b");
  CHECK(trimmed(" \n").empty());
  CHECK(split_at("a, b ,,c", ',') == Words{"a", "b", "", "c"});
  CHECK(split_at("", ',') == Words{""});
  CHECK(words_of("  one\ttwo \n") == Words{"one", "two"});
  CHECK(words_of(" ").empty());
}

TEST_CASE("Only ASCII letters change their case") {
  CHECK(lower_case("1YPI \xc3\x84") == "1ypi \xc3\x84");
  CHECK(upper_case("Se") == "SE");
}

TEST_CASE("A text is a number only if it contains nothing else") {
  std::uint64_t value = 0;
  CHECK(parse_number("000000000012", value));
  CHECK(value == 12);
  for (const char* text : {"", "-1", "12x", " 12", "0x12", "18446744073709551616"})
    CHECK_FALSE(parse_number(text, value));
}

TEST_CASE("Sizes have units with up to three digits before the point") {
  CHECK(bytes_text(999) == "999 B");
  CHECK(bytes_text(1000) == "1.0 kB");
  CHECK(bytes_text(17'700'000) == "17.7 MB");
}
