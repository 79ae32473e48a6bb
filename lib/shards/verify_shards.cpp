#include "shards/verify_shards.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>

#include "base/errors.h"
#include "base/md5.h"
#include "shards/regular_file.h"
#include "shards/shard_index.h"
#include "shards/shard_record.h"
#include "shards/tar.h"

namespace mmgym {
namespace {

std::string md5_of(std::ifstream& file, const std::filesystem::path& path) {
  Md5 md5;
  std::vector<char> buffer(1 << 20);
  while (file) {
    file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    md5.update(std::as_bytes(std::span(buffer)).first(static_cast<std::size_t>(file.gcount())));
  }
  require_read(file, path);
  return md5.hex();
}

/// Follows the headers through an archive and counts how often the key changes.
std::uint64_t count_samples(std::ifstream& file, const std::filesystem::path& path) {
  std::uint64_t count = 0;
  std::string last_key;
  TarBlock block;
  while (file.read(reinterpret_cast<char*>(block.data()), tar_block_size)) {
    const std::optional<TarEntry> entry = parse_tar_header(block);
    if (!entry) return count;
    const std::string key = entry->name.substr(0, entry->name.find('.'));
    if (key != last_key) ++count;
    last_key = key;
    const std::uint64_t blocks = (entry->size + tar_block_size - 1) / tar_block_size;
    file.seekg(static_cast<std::streamoff>(blocks * tar_block_size), std::ios::cur);
  }
  require_read(file, path);
  throw ShardError("the archive is cut short");
}

/// What is wrong with a shard, or an empty text.
std::string check_shard(const std::filesystem::path& path, const ShardRecord& listed) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error && is_machine_failure(error.value())) throw MachineError(error, path.string());
  if (error) return error.message();
  if (size != listed.file_size)
    return fmt::format("has {} bytes, {} in the index", size, listed.file_size);

  std::ifstream file = open_regular_file(path);
  const std::string md5 = md5_of(file, path);
  if (md5 != listed.md5) return fmt::format("has MD5 sum {}, {} in the index", md5, listed.md5);

  file.clear();
  file.seekg(0);
  const std::uint64_t count = count_samples(file, path);
  if (count != listed.sample_count)
    return fmt::format("has {} samples, {} in the index", count, listed.sample_count);
  return "";
}

}  // namespace

std::vector<std::string> verify_shards(const std::filesystem::path& folder, const ShardPlan& plan) {
  if (const auto index = read_json(folder / index_name)) {
    auto found = differences_of_plans(description_in(*index), plan);
    if (!found.empty()) {
      for (auto& difference : found)
        difference.insert(0, (folder / index_name).string() + ": was made with other parameters: ");
      return found;
    }
  }
  return verify_shards(folder);
}

std::vector<std::string> verify_shards(const std::filesystem::path& folder) {
  const std::filesystem::path index_path = folder / index_name;
  std::vector<ShardRecord> listed;
  try {
    const auto index = read_json(index_path);
    if (!index) return {folder.string() + ": has no " + index_name + "; it is not finished"};
    listed = shards_in(JsonField(*index, index_path.string()));
  } catch (const ShardError& error) {
    return {error.what()};
  }

  std::vector<std::string> problems;
  std::set<std::string> known;
  for (std::size_t shard = 0; shard < listed.size(); ++shard) {
    known.insert(shard_name(shard));
    const std::filesystem::path path = folder / shard_name(shard);
    std::string problem;
    try {
      problem = check_shard(path, listed[shard]);
    } catch (const ShardError& error) {
      problem = error.what();
    }
    if (!problem.empty()) problems.push_back(path.string() + ": " + problem);
  }

  std::vector<std::string> unlisted;
  for (const auto& file : files_in(folder)) {
    const std::string name = file.filename().string();
    if (is_shard_name(name) && !known.contains(name))
      unlisted.push_back(file.string() + ": is not in the index");
  }
  std::sort(unlisted.begin(), unlisted.end());
  problems.insert(problems.end(), unlisted.begin(), unlisted.end());
  return problems;
}

}  // namespace mmgym
