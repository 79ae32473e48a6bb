#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace mmgym {

/// Opens a file of a folder of shards. Throws ShardError if it cannot be opened or is not a regular
/// file: reading a pipe could wait forever.
std::ifstream open_regular_file(const std::filesystem::path& path);

/// Reads a file. Throws ShardError like open_regular_file, or if it has more than `most` bytes.
std::string read_regular_file(const std::filesystem::path& path, std::uint64_t most);

}  // namespace mmgym
