#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace mmgym {

/// Takes names that have this ending: many programs cannot open a PNG that is called .jpg.
CLI::Validator name_that_ends_in(const std::string& ending);

/// Whether a path is that of a folder of shards rather than of a database. Throws UsageError for a
/// file of such a folder, DataError if there is nothing of this name.
bool means_shards(const std::string& path);

}  // namespace mmgym
