#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "plan/census_plan.h"

namespace mmgym {

// Estimates of the memory for a file, before it is read. They are rough, and too high rather than
// too low.

/// Returns the size of each file or member in bytes, as it is stored; 0 if unknown.
std::vector<std::uint64_t> file_sizes(const std::vector<InputSource>& files);

/// Estimates the size of a file's text in bytes. Reading its facts takes this much memory.
std::size_t text_bytes(std::string_view file_name, std::uint64_t file_size);

/// Estimates the memory in bytes for expanding the assemblies of an input and searching them.
std::size_t expansion_bytes(const PlannedInput& input);

}  // namespace mmgym
