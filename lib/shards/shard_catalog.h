#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mmgym {

/// Finds and reads samples in a finished folder of shards. The constructor reads the headers of the
/// archives; contents are read on request.
class ShardCatalog {
 public:
  /// Throws ShardError if the folder is missing or unfinished (has no index.json), or if the
  /// headers of a listed shard cannot be read.
  explicit ShardCatalog(const std::filesystem::path& folder);

  /// index.json (see shard_index.cpp).
  const nlohmann::json& index() const { return index_; }

  /// Indices of all samples, ascending.
  std::vector<std::uint64_t> samples() const;

  /// Reads the files of a sample, by extension: "npy", "cls", "json", … Throws ShardError if the
  /// sample is unknown or a shard cannot be read.
  std::map<std::string, std::vector<std::byte>> read(std::uint64_t sample) const;

  /// Reads one file of a sample as text. Also throws ShardError if the sample has no such file.
  std::string read_text(std::uint64_t sample, const std::string& extension) const;

  /// Reads the number in "cls". Also throws ShardError if the file contains something else.
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
