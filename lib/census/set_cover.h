#pragma once

#include <cstdint>
#include <vector>

namespace mmgym {

/// Returns the smallest selection of sets that covers all their elements, as indices, ascending. Of
/// several such selections, returns the first in the order of the sets. Elements are numbers from
/// 0.
///
/// The search is exact. It is fast for assemblies, because most of their sets have an element that
/// no other set has. If it takes more than 100,000 steps, or looks at a billion sets and elements,
/// sets are selected greedily: the set with the most new elements first.
std::vector<std::size_t> minimal_cover(const std::vector<std::vector<std::uint32_t>>& sets);

}  // namespace mmgym
