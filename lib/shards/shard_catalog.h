#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mmgym {

/// Finds and reads samples in a finished folder of shards. Knows where they are from the headers
/// of the archives, which are read once, when it is made; contents are read when asked for.
class ShardCatalog {
 public:
  /// Throws ShardError if there is no such folder, if it is not finished (has no index.json), or if
  /// a shard that the index names cannot be followed from header to header.
  explicit ShardCatalog(const std::filesystem::path& folder);

  /// index.json (see shard_index.cpp).
  const nlohmann::json& index() const { return index_; }

  /// Indices of all samples, ascending.
  std::vector<std::uint64_t> samples() const;

  /// Files of a sample by their extension: "npy", "cls", "json", … Throws ShardError if there is no
  /// such sample, or if a shard cannot be read.
  std::map<std::string, std::vector<std::byte>> read(std::uint64_t sample) const;

  /// One of them, as text. Throws ShardError if the sample has no such file, too.
  std::string read_text(std::uint64_t sample, const std::string& extension) const;

  /// The number in "cls". Throws ShardError if that is not what the file holds, too.
  int label(std::uint64_t sample) const;

 private:
  struct File {
    std::string extension;
    std::uint32_t shard;
    std::uint64_t offset;
    std::uint64_t size;
  };

  void add_shard(std::uint32_t shard);
  const std::vector<File>& files_of(std::uint64_t sample) const;
  std::vector<std::byte> content(const File& file) const;

  std::filesystem::path folder_;
  nlohmann::json index_;
  std::map<std::uint64_t, std::vector<File>> files_;
};

}  // namespace mmgym
