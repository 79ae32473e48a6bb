#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "inputs/input_limits.h"
#include "inputs/input_source.h"

namespace mmgym {

/// Reads the bytes of a regular file without decompression. Throws InputError if it cannot be read,
/// or, before it is read, if it is larger than its text may be. Throws MachineError if the machine
/// fails several times (base/retries.h). Messages do not contain the path; the caller adds it.
std::string read_bytes(const std::filesystem::path& path, const InputLimits& limits = {});

/// The same for an input that can be a member of an archive. An archive of any size is read only
/// where the member is. Throws InputError with the reason if the input cannot be used, and
/// ArchiveChanged if the archive is not the one whose members were listed.
std::string read_bytes(const InputSource& source, const InputLimits& limits = {});

/// Returns the CRC-32 of bytes, for detecting changes of a file. Several GB/s.
std::uint32_t checksum(const std::string& bytes);

/// Decompresses gzip and Zstandard data, and returns other bytes unchanged. Throws InputError if
/// compressed data is cut short or damaged, or if the text exceeds its limit. Finds that in little
/// memory: a few hundred bytes can contain terabytes.
std::string decompressed(std::string bytes, const InputLimits& limits = {});

/// Reads the text of a file, which may also be a pipe. Detects compression from the content, not
/// from the name. Throws the exceptions of read_bytes() and decompressed().
std::string read_file(const std::filesystem::path& path, const InputLimits& limits = {});

}  // namespace mmgym
