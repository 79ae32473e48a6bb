#include "encoding/sample_record.h"

#include "catch.h"

TEST_CASE("A sample's key is its index in 12 or more digits") {
  CHECK(mmgym::sample_key(0) == "000000000000");
  CHECK(mmgym::sample_key(1234567) == "000001234567");
  CHECK(mmgym::sample_key(9223372036854775807) == "9223372036854775807");
}
