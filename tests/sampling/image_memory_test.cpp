#include "sampling/image_memory.h"

#include "base/errors.h"
#include "base/machine_memory.h"
#include "catch.h"

using namespace mmgym;
using mmgym::testing::contains;

TEST_CASE("Images that do not fit into memory are refused with the flags and the bytes") {
  SampleParameters parameters;
  parameters.length_voxels = 1024;
  const std::uint64_t one = std::uint64_t{2} * 8 * 1024 * 1024 * 1024 * 4;
  CHECK(image_bytes(parameters, 8) == one);
  CHECK_NOTHROW(check_image_memory(parameters, 8, 1, one));
  CHECK_NOTHROW(check_image_memory(parameters, 8, 3, 3 * one));
  CHECK_THROWS_AS(check_image_memory(parameters, 8, 1, one - 1), UsageError);
  CHECK_THROWS_AS(check_image_memory(parameters, 8, 3, 3 * one - 1), UsageError);
  CHECK_THROWS_WITH(check_image_memory(parameters, 8, 3, 1000),
                    contains("--grid 1024") && contains("8 channels of --channels") &&
                        contains(std::to_string(3 * one) + " bytes") &&
                        contains("the 1000 bytes of memory"));
  parameters.task = Task::single;
  parameters.length_voxels = 10;
  CHECK(image_bytes(parameters, 1) == 4000);
  CHECK(machine_memory() > 4000);
}
