#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace mmgym {

/// Accepts names with this extension. Many programs cannot open a PNG that is named .jpg.
CLI::Validator name_that_ends_in(const std::string& ending);

/// Returns whether a path is a folder of shards and not a database. Throws UsageError for a file in
/// such a folder, DataError if the path does not exist.
bool means_shards(const std::string& path);

}  // namespace mmgym
