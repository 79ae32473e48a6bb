#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace mmgym {

/// Opens a file of a folder of shards. Throws ShardError if it cannot be opened or is not a regular
/// file: reading a pipe could wait forever. Throws MachineError if the machine fails.
std::ifstream open_regular_file(const std::filesystem::path& path);

/// Call it when less was read than the file should have: throws MachineError if it could not be
/// read, so that it is not called damaged.
void require_read(const std::ifstream& file, const std::filesystem::path& path);

/// Reads a file. Throws like open_regular_file, and ShardError if it has more than `most` bytes.
std::string read_regular_file(const std::filesystem::path& path, std::uint64_t most);

/// The files and folders in a folder, in any order. Throws MachineError if it cannot be read.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);

}  // namespace mmgym
