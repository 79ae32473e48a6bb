#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "shards/shard_record.h"

namespace mmgym {

/// Writes one shard. Its file appears in the folder when it is finished. A writer that is destroyed
/// earlier leaves no file. Several threads can write one shard each at the same time, because MD5
/// sums are slow (about 600 MB/s on one core).
class ShardWriter {
 public:
  /// Throws WriteError.
  ShardWriter(const std::filesystem::path& folder, std::uint64_t shard);
  ~ShardWriter();
  ShardWriter(ShardWriter&&) noexcept;
  ShardWriter& operator=(ShardWriter&&) noexcept;

  /// Appends a sample. Throws WriteError; std::length_error as TarWriter::add does;
  /// std::invalid_argument if it has another number of channels than the samples before.
  void write(const SampleRecord& sample);

  /// Finishes the shard, syncs it and gives it its name. Throws WriteError.
  ShardRecord finish();

  std::uint64_t shard() const;
  std::uint64_t sample_count() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mmgym
