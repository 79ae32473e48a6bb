#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "inputs/input_limits.h"

namespace mmgym {

/// Reads the bytes of a file without decompression. Throws InputError if it cannot be read, and
/// MachineError if the machine fails. Messages do not contain the path; the caller adds it.
std::string read_bytes(const std::filesystem::path& path);
/// The same. Throws InputError if the file is larger than its text may be, without reading it.
std::string read_bytes(const std::filesystem::path& path, const InputLimits& limits);

/// Returns the CRC-32 of bytes, for detecting changes of a file. Several GB/s.
std::uint32_t checksum(const std::string& bytes);

/// Decompresses gzip and Zstandard data, and returns other bytes unchanged. Throws InputError if
/// compressed data is cut short or damaged, or if the text exceeds its limit. Finds that in little
/// memory: a few hundred bytes can contain terabytes.
std::string decompressed(std::string bytes, const InputLimits& limits = {});

/// Reads the text of a file. Detects compression from the content, not from the name. Throws the
/// exceptions of read_bytes() and decompressed().
std::string read_file(const std::filesystem::path& path, const InputLimits& limits = {});

}  // namespace mmgym
