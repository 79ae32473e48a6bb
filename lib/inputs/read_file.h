#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace mmgym {

/// Reads the bytes of a regular file without decompression. Throws InputError if it cannot be read,
/// and MachineError if the machine fails several times (base/retries.h). Messages do not contain
/// the path; the caller adds it.
std::string read_bytes(const std::filesystem::path& path);

/// Returns the CRC-32 of bytes, for detecting changes of a file. Several GB/s.
std::uint32_t checksum(const std::string& bytes);

/// Decompresses gzip and Zstandard data, and returns other bytes unchanged. Throws InputError if
/// compressed data is cut short or damaged.
std::string decompressed(std::string bytes);

/// Reads the text of a file, which may also be a pipe. Detects compression from the content, not
/// from the name. Throws the exceptions of read_bytes() and decompressed().
std::string read_file(const std::filesystem::path& path);

}  // namespace mmgym
