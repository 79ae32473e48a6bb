#pragma once

#include <cstdint>
#include <vector>

namespace mmgym {

/// The fewest of these sets that together have every element of any; of several such choices, the
/// one that is first in the order of the sets. Elements are numbers from 0 on. Returns indices,
/// ascending.
///
/// The search is exact, which is quick for sets as assemblies make them: most are forced by an
/// element that no other has. Should it not end within a million steps, sets are taken greedily,
/// the one with the most new elements first.
std::vector<std::size_t> minimal_cover(const std::vector<std::vector<std::uint32_t>>& sets);

}  // namespace mmgym
