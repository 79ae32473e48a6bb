#pragma once

// One include for Catch2 2 and 3.
#include <string>

#if MMGYM_CATCH2_VERSION >= 3
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif

namespace mmgym::testing {

/// Matches a text that contains `part`.
inline auto contains(const std::string& part) {
#if MMGYM_CATCH2_VERSION >= 3
  return Catch::Matchers::ContainsSubstring(part);
#else
  return Catch::Matchers::Contains(part);
#endif
}

}  // namespace mmgym::testing
