#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "base/share.h"
#include "inputs/input_source.h"

namespace mmgym {

/// Whether an input file is in a part of the inputs: its name has such a hash. Every program that
/// divides the same files by the same number finds the same parts. Depends on the name up to the
/// first dot, in lower case, so not on folders, archives or compression.
bool is_in_part(const std::string& file_name, const Share& part);

/// Keeps the files of which a database may lack zones (`incomplete` in schema.sql), by their names.
/// Returns how many of the names are not among the files. Throws what open_gym() throws.
std::size_t keep_incomplete(const std::filesystem::path& database, std::vector<InputSource>& files);

}  // namespace mmgym
