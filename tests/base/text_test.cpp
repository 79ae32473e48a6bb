#include "base/text.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "base/random_stream.h"
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

TEST_CASE("Text is printed without control characters, and can be recognized") {
  CHECK(printable("in/1abc.cif: a 'b' \\ \xc3\x84 \xe2\x82\xac \xf0\x9f\x98\x80") ==
        "in/1abc.cif: a 'b' \\ \xc3\x84 \xe2\x82\xac \xf0\x9f\x98\x80");
  CHECK(printable("\x1b[2Ja\nb\tc\rd\x7f") == "\\x1B[2Ja\\nb\\tc\\rd\\x7F");
  CHECK(printable(std::string_view("\0", 1)) == "\\x00");
  CHECK(printable("\xc2\x9b"
                  "31m") == "\\xC2\\x9B31m");             // the control character U+009B
  CHECK(printable("\xe2\x80\xae") == "\\xE2\\x80\\xAE");  // turns the text around
  CHECK(printable("a\xff") == "a\\xFF");
  CHECK(printable("\xe2\x82") == "\\xE2\\x82");                    // is cut
  CHECK(printable("\xc0\x8a") == "\\xC0\\x8A");                    // an overlong line feed
  CHECK(printable("\xed\xa0\x80") == "\\xED\\xA0\\x80");           // half of a pair
  CHECK(printable("\xf4\x90\x80\x80") == "\\xF4\\x90\\x80\\x80");  // beyond Unicode
  CHECK(printable_lines("a\nb\x1b\n") == "a\nb\\x1B\n");
  CHECK(printable(printable("\xff")) == printable("\xff"));
}

TEST_CASE("Decimal numbers of CIF are read, and nothing else is a number") {
  CHECK(decimal_number("1.5") == 1.5);
  CHECK(decimal_number("+1.5") == 1.5);
  CHECK(decimal_number("-.25e2") == -25);
  CHECK(decimal_number("1.5(2)") == 1.5);
  CHECK(decimal_number("-12(34)") == -12);
  CHECK(decimal_number("1e-400") == 0);
  for (const char* text : {"", "?", ".", "-", "+-1", "nan", "-nan", "inf", "1e999", "0x10", "1.5 ",
                           "1.5()", "1.5(x)", "1.5(2", "(2)", "1.5(2)3"}) {
    CAPTURE(text);
    CHECK(std::isnan(decimal_number(text)));
  }
}

TEST_CASE("Short decimal numbers are read as exactly as others") {
  mmgym::RandomStream random(22);
  for (int i = 0; i < 100'000; ++i) {
    std::string text = random.uniform(0, 1) < 0.3 ? "-" : "";
    const int digits = static_cast<int>(random.uniform(1, 19));
    const int point = static_cast<int>(random.uniform(0, 22));
    for (int digit = 0; digit < digits; ++digit) {
      if (digit == point) text += '.';
      text += static_cast<char>('0' + static_cast<int>(random.uniform(0, 10)));
    }
    if (digits == point) text += '.';
    CAPTURE(text);
    REQUIRE(decimal_number(text) == std::strtod(text.c_str(), nullptr));
  }
}

TEST_CASE("The first names of a list are shown, and that there are more") {
  CHECK(first_names({}, 0).empty());
  CHECK(first_names({"a", "b"}, 2) == "a, b");
  CHECK(first_names({"a", "b", "c", "d", "e"}, 5) == "a, b, c, d, e");
  CHECK(first_names({"a", "b", "c", "d", "e", "f"}, 6) == "a, b, c, d, e, ...");
  CHECK(first_names({"a", "b"}, 100) == "a, b, ...");
}
