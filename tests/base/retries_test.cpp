#include "base/retries.h"

#include <cerrno>

#include "catch.h"

using namespace mmgym;

namespace {

const MachineError kStale({ESTALE, std::generic_category()}, "a.cif: cannot be read");

}  // namespace

TEST_CASE("Work is repeated while the machine fails") {
  int calls = 0;
  with_retries([&calls] {
    if (++calls < 3) throw kStale;
  });
  CHECK(calls == 3);
}

TEST_CASE("A machine that keeps failing is an error") {
  int calls = 0;
  CHECK_THROWS_AS(with_retries([&calls] {
                    ++calls;
                    throw kStale;
                  }),
                  MachineError);
  CHECK(calls == 4);
}

TEST_CASE("Other errors are not repeated") {
  int calls = 0;
  CHECK_THROWS_AS(with_retries([&calls] {
                    ++calls;
                    throw InputError("is a folder");
                  }),
                  InputError);
  CHECK(calls == 1);
}
