#include "shards/shard_catalog.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "shards/shard_index.h"
#include "shards/shard_record.h"
#include "shards/tar.h"

namespace mmgym {

ShardCatalog::ShardCatalog(const std::filesystem::path& folder) : folder_(folder) {
  if (!std::filesystem::is_directory(folder)) throw ShardError(folder.string() + ": not a folder");
  auto index = read_json(folder / index_name);
  if (!index)
    throw ShardError(folder.string() + ": has no " + index_name +
                     ": it contains no shards, or 'mmgym sample' has not finished; run the same "
                     "command again to make the rest");
  index_ = std::move(*index);
  const auto shards = shards_in(index_);
  for (std::uint32_t shard = 0; shard < shards.size(); ++shard) add_shard(shard);
}

void ShardCatalog::add_shard(std::uint32_t shard) {
  const std::filesystem::path path = folder_ / shard_name(shard);
  std::ifstream archive(path, std::ios::binary);
  if (!archive) throw ShardError(path.string() + ": cannot be opened; the index lists it");
  std::uint64_t offset = 0;
  TarBlock block;
  while (archive.read(reinterpret_cast<char*>(block.data()), tar_block_size)) {
    std::optional<TarEntry> entry;
    try {
      entry = parse_tar_header(block);
    } catch (const ShardError& error) {
      throw ShardError(path.string() + ": " + error.what());
    }
    if (!entry) return;
    offset += tar_block_size;
    const std::size_t dot = entry->name.find('.');
    std::uint64_t sample = 0;
    const auto [end, error] = std::from_chars(
        entry->name.data(), entry->name.data() + std::min(dot, entry->name.size()), sample);
    if (dot == std::string::npos || error != std::errc() || end != entry->name.data() + dot)
      throw ShardError(path.string() + ": contains '" + entry->name +
                       "', which is not the name of a file of a sample");
    files_[sample].push_back({entry->name.substr(dot + 1), shard, offset, entry->size});
    offset += (entry->size + tar_block_size - 1) / tar_block_size * tar_block_size;
    archive.seekg(static_cast<std::streamoff>(offset));
  }
  throw ShardError(path.string() + ": the archive is cut short");
}

std::vector<std::uint64_t> ShardCatalog::samples() const {
  std::vector<std::uint64_t> all;
  all.reserve(files_.size());
  for (const auto& [sample, files] : files_) all.push_back(sample);
  return all;
}

const std::vector<ShardCatalog::File>& ShardCatalog::files_of(std::uint64_t sample) const {
  const auto found = files_.find(sample);
  if (found != files_.end()) return found->second;
  std::string text = folder_.string() + ": no sample " + std::to_string(sample);
  if (!files_.empty())
    text += "; there are " + std::to_string(files_.size()) + " samples from " +
            std::to_string(files_.begin()->first) + " to " + std::to_string(files_.rbegin()->first);
  throw ShardError(text);
}

std::vector<std::byte> ShardCatalog::content(const File& file) const {
  const std::filesystem::path path = folder_ / shard_name(file.shard);
  std::ifstream archive(path, std::ios::binary);
  std::vector<std::byte> bytes(file.size);
  archive.seekg(static_cast<std::streamoff>(file.offset));
  archive.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!archive) throw ShardError(path.string() + ": cannot be read, or is cut short");
  return bytes;
}

std::map<std::string, std::vector<std::byte>> ShardCatalog::read(std::uint64_t sample) const {
  std::map<std::string, std::vector<std::byte>> contents;
  for (const File& file : files_of(sample)) contents[file.extension] = content(file);
  return contents;
}

std::string ShardCatalog::read_text(std::uint64_t sample, const std::string& extension) const {
  for (const File& file : files_of(sample)) {
    if (file.extension != extension) continue;
    const auto bytes = content(file);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  throw ShardError(folder_.string() + ": sample " + std::to_string(sample) + " has no member '" +
                   extension + "'");
}

int ShardCatalog::label(std::uint64_t sample) const {
  const std::string text = read_text(sample, "cls");
  int label = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), label);
  if (error != std::errc() || end != text.data() + text.size())
    throw ShardError(folder_.string() + ": the label of sample " + std::to_string(sample) +
                     ", its member 'cls', is '" + text + "', not a number");
  return label;
}

}  // namespace mmgym
