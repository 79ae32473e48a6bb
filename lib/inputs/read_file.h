#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace mmgym {

/// The bytes of a file as they are on disk. Throws InputError if it cannot be read, and
/// MachineError if the machine fails. The messages do not name the file: the caller adds its path.
std::string read_bytes(const std::filesystem::path& path);

/// The CRC-32 of bytes: whether a file is still the same. Several GB/s.
std::uint32_t checksum(const std::string& bytes);

/// Decompresses bytes that begin like gzip or Zstandard data, and returns others as they are.
/// Throws InputError if compressed data is cut short or damaged.
std::string decompressed(std::string bytes);

/// The text of a file, decompressed whatever the file's name is. Throws what read_bytes() and
/// decompressed() throw.
std::string read_file(const std::filesystem::path& path);

}  // namespace mmgym
