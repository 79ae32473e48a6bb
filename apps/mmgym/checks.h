#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

namespace mmgym {

/// Takes whole numbers from `least` on. CLI11 by itself reads -1 as a very large number where there
/// are no negative ones, and tells of ranges that end at 10^308.
CLI::Validator whole_number_from(std::uint64_t least);

/// Takes names that end like that: a PNG called .jpg would open in half of all programs.
CLI::Validator name_that_ends_in(const std::string& ending);

/// Whether it is a folder of shards that is meant and not a database. Throws UsageError
/// if it is a part of such a folder, DataError if there is no such thing.
bool means_shards(const std::string& path);

/// Throws UsageError if there is no folder for a file of this name: what takes a while
/// should not come to nothing in the end.
void check_has_folder(const std::string& path);

}  // namespace mmgym
