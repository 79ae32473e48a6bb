#include "info/histogram.h"

#include "catch.h"

using mmgym::Bar;
using mmgym::bars_of;
using mmgym::draw_bars;
using mmgym::testing::contains;

TEST_CASE("A histogram has a bar for every value between the limits, including missing ones") {
  const auto bars = bars_of({{2, 5}, {4, 1}});
  REQUIRE(bars.size() == 3);
  CHECK(bars[0].label == "2");
  CHECK(bars[1].count == 0);
  CHECK(bars[2].label == "4");
  CHECK(bars_of({}).empty());
}

TEST_CASE("A histogram of widespread values has bars that double in width and count every value") {
  const auto bars = bars_of({{0, 1}, {1, 1}, {3, 2}, {1000, 7}});
  CHECK(bars[0].label == "0");
  CHECK(bars[1].label == "1");
  CHECK(bars[2].label == "2-3");
  CHECK(bars[2].count == 2);
  CHECK(bars.back().label == "512-1023");
  CHECK(bars.back().count == 7);
}

TEST_CASE("The longest bar has the full width, and every count above 0 is visible") {
  const std::string text = draw_bars({{"a", 1000}, {"bb", 1}, {"c", 0}}, 10);
  CHECK_THAT(text, contains("   a  1000  99.9%  ██████████\n"));
  CHECK_THAT(text, contains("  bb     1   0.1%  ▏\n"));
  CHECK_THAT(text, contains("   c     0   0.0%  \n"));
}
