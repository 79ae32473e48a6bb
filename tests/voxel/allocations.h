#pragma once

#include <cstddef>

namespace mmgym::testing {

/// Returns how often this program has called operator new.
std::size_t allocations();

}  // namespace mmgym::testing
