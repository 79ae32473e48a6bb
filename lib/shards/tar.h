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

/// The block that stands before a file of `size` bytes in a tar archive. Throws std::length_error
/// for a name that is empty or longer than 100 bytes, and for a file of 8 GiB or more.
TarBlock tar_header(std::string_view name, std::uint64_t size);

struct TarEntry {
  std::string name;
  std::uint64_t size = 0;  // of the file, in bytes
};

/// What a header block says; nothing for the block of zeros that ends an archive. Throws
/// ShardError where the block is no header, or a damaged one.
std::optional<TarEntry> parse_tar_header(const TarBlock& block);

/// A file to add: its content is the parts one after another.
struct TarFile {
  std::string name;
  std::span<const OwnedBytes> parts;
};

/// Writes a tar archive to a sink, from its first byte to its last, so that the sink may be a pipe.
/// The bytes depend on the files' names and content alone.
class TarWriter {
 public:
  explicit TarWriter(ByteSink& sink) : sink_(&sink) {}

  /// Adds files, handing all of them to the sink at once: the fewer writes to a pipe, the fewer
  /// times its reader is woken up for little. Throws as tar_header and the sink do.
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
