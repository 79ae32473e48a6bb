#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_sink.h"
#include "base/owned_bytes.h"
#include "encoding/shard_error.h"

namespace mmgym {

constexpr std::size_t tar_block_size = 512;
using TarBlock = std::array<std::byte, tar_block_size>;

/// The header block of a file of `size` bytes in a tar archive. Throws std::length_error for a name
/// that is empty or longer than 100 bytes, and for a file of 8 GiB or more.
TarBlock tar_header(std::string_view name, std::uint64_t size);

/// The size of an archive whose headers and padded files have `bytes` bytes: with the blocks that
/// end it, a multiple of 10,240.
std::uint64_t tar_archive_size(std::uint64_t bytes);

struct TarEntry {
  std::string name;
  std::uint64_t size = 0;  // of the file, in bytes
};

/// Parses a header block; nothing for the block of zeros that ends an archive. Throws ShardError if
/// the block is damaged or not a header.
std::optional<TarEntry> parse_tar_header(const TarBlock& block);

/// A file to add. Its content is the concatenated parts.
struct TarFile {
  std::string name;
  std::span<const OwnedBytes> parts;
};

/// Writes a tar archive to a sink from start to end, so that the sink may be a pipe. The bytes
/// depend only on the files' names and content.
class TarWriter {
 public:
  explicit TarWriter(ByteSink& sink) : sink_(&sink) {}

  /// Adds files with one write to the sink. Fewer writes to a pipe wake its reader less often.
  /// Throws what tar_header and the sink throw.
  void add(std::span<const TarFile> files);

  /// Ends the archive; nothing can be added after that.
  void finish();

 private:
  ByteSink* sink_;
  std::uint64_t size_ = 0;
  // Kept from call to call.
  std::vector<TarBlock> headers_;
  std::vector<ByteSpan> spans_;
};

}  // namespace mmgym
