#pragma once

// One include for Catch2 2 and 3.
#if MMGYM_CATCH2_VERSION >= 3
#include <catch2/catch_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
