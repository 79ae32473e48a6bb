#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "structure/structure.h"

namespace mmgym::testing {

/// Returns the numbers of all subchains of a structure, sorted by id, for find_zones().
inline std::vector<std::uint32_t> every_subchain(const Structure& structure) {
  std::vector<std::uint32_t> numbers(structure.subchains.size());
  std::iota(numbers.begin(), numbers.end(), 0U);
  std::sort(numbers.begin(), numbers.end(), [&structure](std::uint32_t a, std::uint32_t b) {
    return structure.subchains[a].id < structure.subchains[b].id;
  });
  return numbers;
}

}  // namespace mmgym::testing
