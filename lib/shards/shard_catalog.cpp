#include "shards/shard_catalog.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "encoding/stored_images.h"
#include "shards/json_field.h"
#include "shards/regular_file.h"
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
  const JsonField root(index_, (folder / index_name).string());
  kind_ = stored_kind(root);
  shards_ = shards_in(root);
  statistics_ = channel_statistics(root, kind_.channels);
  if (!statistics_ && !shards_.empty()) root.at("channel_mean").fail("is empty");
  for (std::uint32_t shard = 0; shard < shards_.size(); ++shard) {
    const std::size_t before = files_.size();
    add_shard(shard);
    if (const std::size_t count = files_.size() - before; count != shards_[shard].sample_count)
      throw ShardError((folder / shard_name(shard)).string() + ": has " + std::to_string(count) +
                       " samples, " + std::to_string(shards_[shard].sample_count) +
                       " in the index");
  }
  const JsonField count = root.at("sample_count");
  if (count.whole_number() != files_.size())
    count.fail("is " + count.value().dump() + ", but the shards have " +
               std::to_string(files_.size()));
}

void ShardCatalog::add_shard(std::uint32_t shard) {
  const std::filesystem::path path = folder_ / shard_name(shard);
  std::ifstream archive = open_regular_file(path);
  const std::uint64_t size = std::filesystem::file_size(path);
  std::uint64_t offset = 0;
  TarBlock block;
  try {
    while (archive.read(reinterpret_cast<char*>(block.data()), tar_block_size)) {
      const std::optional<TarEntry> entry = parse_tar_header(block);
      if (!entry) return;
      offset += tar_block_size;
      if (entry->size > size - offset)
        throw ShardError(in_quotes(entry->name) + " is larger than the rest of the archive");
      add_file(shard, entry->name, offset, entry->size);
      offset += (entry->size + tar_block_size - 1) / tar_block_size * tar_block_size;
      archive.seekg(static_cast<std::streamoff>(offset));
    }
    require_read(archive, path);
    throw ShardError("the archive is cut short");
  } catch (const ShardError& error) {
    throw ShardError(path.string() + ": " + error.what());
  }
}

void ShardCatalog::add_file(std::uint32_t shard, const std::string& name, std::uint64_t offset,
                            std::uint64_t size) {
  const std::size_t dot = name.find('.');
  std::uint64_t sample = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + std::min(dot, name.size()), sample);
  if (dot == std::string::npos || error != std::errc() || end != name.data() + dot)
    throw ShardError("contains " + in_quotes(name) +
                     ", which is not the name of a file of a sample");
  std::vector<File>& files = files_[sample];
  const std::string extension = name.substr(dot + 1);
  for (const File& file : files)
    if (file.shard != shard || file.extension == extension)
      throw ShardError("contains " + in_quotes(name) + ", but " + shard_name(file.shard) +
                       " already has this sample");
  files.push_back({extension, shard, offset, size});
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
  std::ifstream archive = open_regular_file(path);
  std::vector<std::byte> bytes(file.size);
  archive.seekg(static_cast<std::streamoff>(file.offset));
  archive.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  require_read(archive, path);
  if (!archive) throw ShardError(path.string() + ": is cut short");
  return bytes;
}

std::string ShardCatalog::where(std::uint64_t sample, const std::string& extension) const {
  return (folder_ / shard_name(files_of(sample).front().shard)).string() + ": " +
         sample_key(sample) + "." + extension;
}

std::map<std::string, std::vector<std::byte>> ShardCatalog::read_arrays(
    std::uint64_t sample) const {
  // Atoms have no shape in the index. This is enough for five million of them.
  std::uint64_t most = std::uint64_t{64} << 20;
  most = std::max(most, 2 * sizeof(float) * number_of_values(kind_.shape));
  std::map<std::string, std::vector<std::byte>> contents;
  for (const File& file : files_of(sample)) {
    const std::string_view extension = file.extension;
    if (!extension.ends_with("npy") && !extension.ends_with("npy.gz")) continue;
    if (file.size > most)
      throw ShardError(where(sample, file.extension) + " has " + std::to_string(file.size) +
                       " bytes, more than the images of a sample");
    contents[file.extension] = content(file);
  }
  return contents;
}

std::string ShardCatalog::read_text(std::uint64_t sample, const std::string& extension) const {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 20;
  for (const File& file : files_of(sample)) {
    if (file.extension != extension) continue;
    if (file.size > kMost) throw ShardError(where(sample, extension) + " is too large");
    const auto bytes = content(file);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  throw ShardError(where(sample, extension) + " is missing");
}

int ShardCatalog::label(std::uint64_t sample) const {
  const std::string text = read_text(sample, "cls");
  int label = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), label);
  if (error != std::errc() || end != text.data() + text.size() || label < 0 ||
      label >= kind_.labels)
    throw ShardError(where(sample, "cls") + " is " + in_quotes(text) + ", not a label from 0 to " +
                     std::to_string(kind_.labels - 1));
  return label;
}

}  // namespace mmgym
