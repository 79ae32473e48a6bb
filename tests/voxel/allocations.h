#pragma once

#include <cstddef>

namespace mmgym::testing {

/// How many times this program has called operator new.
std::size_t allocations();

}  // namespace mmgym::testing
