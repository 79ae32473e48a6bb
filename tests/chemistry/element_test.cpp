#include "chemistry/element.h"

#include "catch.h"

using mmgym::element_symbol;
using mmgym::find_element;

TEST_CASE("Elements are found by symbol, ignoring case, and symbols by element") {
  CHECK(find_element("C") == 6);
  CHECK(find_element("SE") == 34);
  CHECK(find_element("Se") == 34);
  CHECK(find_element("zn") == 30);
  CHECK(find_element("D") == 1);
  CHECK(find_element("X") == mmgym::kUnknownElement);
  for (int element = 0; element <= mmgym::kLastElement; ++element) {
    const auto symbol = element_symbol(static_cast<mmgym::Element>(element));
    CHECK(find_element(symbol) == element);
  }
}

TEST_CASE("Texts that are not symbols of elements are not found") {
  for (const char* text : {"", "Q", "XX", "C1", "1", "CAR", "?", "C "})
    CHECK_FALSE(find_element(text).has_value());
}
