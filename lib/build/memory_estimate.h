#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "build/census_plan.h"

namespace mmgym {

// What is known of the memory that a file will take up before it is read. Estimates are rough, and
// rather too high than too low.

/// Bytes of each file as it is stored; 0 where that cannot be found out.
std::vector<std::uint64_t> file_sizes(const std::vector<std::filesystem::path>& files);

/// Bytes of a file's text: what reading its facts takes up.
std::size_t text_bytes(const std::filesystem::path& path, std::uint64_t file_size);

/// Bytes that it takes to expand the assemblies of an input and to search them for zones.
std::size_t expansion_bytes(const PlannedInput& input);

}  // namespace mmgym
