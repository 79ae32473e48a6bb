#pragma once

#include <filesystem>
#include <string>

namespace mmgym {

/// The whole content of a file, decompressed if it is gzip or Zstandard data (told by its first
/// bytes, whatever its name is). Throws StructureError where it cannot be read, is empty, is cut
/// short or is damaged.
std::string read_text(const std::filesystem::path& path);

}  // namespace mmgym
