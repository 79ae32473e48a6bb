#pragma once

#include <cstdint>
#include <vector>

namespace mmgym {

/// The smallest selection of these sets that has every element of any of them. Of several such
/// selections, the first in the order of the sets. Elements are numbers from 0 on. Returns indices,
/// ascending.
///
/// The search is exact. It is quick for the sets that assemblies give, because most of them hold an
/// element that no other set has. If it does not end within 100,000 steps, sets are taken
/// greedily, the one with the most new elements first.
std::vector<std::size_t> minimal_cover(const std::vector<std::vector<std::uint32_t>>& sets);

}  // namespace mmgym
