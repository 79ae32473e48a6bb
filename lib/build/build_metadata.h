#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "build/build_database.h"
#include "census/cath.h"
#include "database/gym_writer.h"

namespace mmgym {

/// Returns the metadata of a build: its parameters, and what writes the database.
Metadata build_metadata(const BuildOptions& options, const CathDomains& cath);

/// Returns the versions of what writes a database, as JSON text.
std::string written_by();

/// Return the MD5 sums of lists, as JSON text: they identify a list by its lines. The sum of an
/// empty path is empty.
std::string list_md5(const std::filesystem::path& path);
std::string list_md5s(const std::vector<std::filesystem::path>& paths);

}  // namespace mmgym
