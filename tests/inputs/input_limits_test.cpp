#include "inputs/input_limits.h"

#include <set>

#include "base/errors.h"
#include "catch.h"
#include "inputs/input_limit_settings.h"

using namespace mmgym;

TEST_CASE("The error of a limit names the limit and its flag") {
  InputLimits limits;
  limits.max_models = 3;
  CHECK_NOTHROW(check_limit(3, limits, &InputLimits::max_models, "models"));
  CHECK_THROWS_WITH(check_limit(4, limits, &InputLimits::max_models, "models"),
                    "the file has more than 3 models; --max-models allows more");
  CHECK_THROWS_AS(check_limit(UINT64_MAX, limits, &InputLimits::max_models, "models"), InputError);
  CHECK_THROWS_WITH(check_limit(4, limits, &InputLimits::max_models, "models", "x"),
                    "x has more than 3 models; --max-models allows more");
  CHECK_THROWS_AS(check_text_size(UINT64_MAX, limits), InputError);
}

TEST_CASE("Every limit has a flag of its own, and must be positive") {
  std::set<std::string> flags;
  for (const auto& setting : input_limit_settings()) {
    flags.insert(flag_of(setting.name()));
    InputLimits limits;
    CHECK_NOTHROW(check(limits));
    limits.*std::get<int InputLimits::*>(setting.member) = 0;
    CHECK_THROWS_AS(check(limits), UsageError);
  }
  CHECK(flags.size() * sizeof(int) == sizeof(InputLimits));
  CHECK(flags.contains("--max-text"));
}
