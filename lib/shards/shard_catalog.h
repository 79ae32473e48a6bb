#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "shards/shard_record.h"
#include "shards/stored_kind.h"

namespace mmgym {

/// Finds and reads samples in a finished folder of shards. The constructor reads and checks the
/// index and the headers of the archives; contents are read on request. All errors are ShardErrors
/// with the file that they are about.
class ShardCatalog {
 public:
  /// Throws ShardError if the folder is missing or unfinished (has no index.json), if its index is
  /// not one of 'mmgym sample', or if the headers of a listed shard cannot be read.
  explicit ShardCatalog(const std::filesystem::path& folder);

  /// index.json (see shard_index.cpp).
  const nlohmann::json& index() const { return index_; }

  /// What index.json says, checked.
  const StoredKind& kind() const { return kind_; }
  const std::vector<ShardRecord>& shards() const { return shards_; }
  const std::optional<ChannelStatistics>& statistics() const { return statistics_; }

  /// Indices of all samples, ascending.
  std::vector<std::uint64_t> samples() const;

  /// The shard and the name of a file of a sample, for errors.
  std::string where(std::uint64_t sample, const std::string& extension) const;

  /// Reads the arrays of a sample, by extension: "npy", "idx.npy.gz", … Throws ShardError if the
  /// sample is unknown, a shard cannot be read, or an array is larger than its images and atoms can
  /// be.
  std::map<std::string, std::vector<std::byte>> read_arrays(std::uint64_t sample) const;

  /// Reads one file of a sample as text. Throws ShardError if it is missing or has more than 1 MiB.
  std::string read_text(std::uint64_t sample, const std::string& extension) const;

  /// Reads the number in "cls". Also throws ShardError if the file contains something else than a
  /// label of kind().
  int label(std::uint64_t sample) const;

 private:
  struct File {
    std::string extension;
    std::uint32_t shard;
    std::uint64_t offset;
    std::uint64_t size;
  };

  void add_shard(std::uint32_t shard);
  void add_file(std::uint32_t shard, const std::string& name, std::uint64_t offset,
                std::uint64_t size);
  const std::vector<File>& files_of(std::uint64_t sample) const;
  std::vector<std::byte> content(const File& file) const;

  std::filesystem::path folder_;
  nlohmann::json index_;
  StoredKind kind_;
  std::vector<ShardRecord> shards_;
  std::optional<ChannelStatistics> statistics_;
  std::map<std::uint64_t, std::vector<File>> files_;
};

}  // namespace mmgym
