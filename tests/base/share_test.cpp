#include "base/share.h"

#include "base/errors.h"
#include "catch.h"

using mmgym::parse_share;

TEST_CASE("A share is k/n with k less than n") {
  CHECK(parse_share("--part", "3/8").text() == "3/8");
  for (const char* text : {"", "3", "/", "8/8", "-1/8", "0/0", "1/-2", "0x1/8", "1/8/2", " 1/8"})
    CHECK_THROWS_AS(parse_share("--part", text), mmgym::UsageError);
}
