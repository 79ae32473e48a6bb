#pragma once

#include <filesystem>
#include <string>

namespace mmgym {

/// The whole content of a file, decompressed if its first bytes are those of gzip or Zstandard
/// data, whatever its name is. Throws InputError if it cannot be read or if compressed data is cut
/// short or damaged, and MachineError if the machine fails. The messages do not name the file: the
/// caller adds its path.
std::string read_file(const std::filesystem::path& path);

}  // namespace mmgym
