#include "shards/shard_progress.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "base/durable_file.h"
#include "shards/shard_index.h"

// progress.jsonl is in a folder from before its first shard until index.json is written. Each line
// is a JSON value, so that each finished shard costs one more line:
//
//     description      of the plan, as in index.json; only the same plan can continue
//     ...              for each shard, in the order in which they were finished:
//         shard        its number
//         nsamples
//         filesize     in bytes
//         md5sum
//         channels     for each channel, a list [count, sum, sum of squares] of its voxels
//
// Numbers have enough digits to restore the same double, so that an interrupted run has the same
// means as an uninterrupted one.

namespace mmgym {
namespace {

std::string line_of(std::uint64_t shard, const ShardRecord& record) {
  auto channels = nlohmann::json::array();
  for (const ChannelSum& channel : record.channel_sums)
    channels.push_back({channel.count, channel.sum, channel.sum_of_squares});
  const nlohmann::json line = {{"shard", shard},
                               {"nsamples", record.sample_count},
                               {"filesize", record.file_size},
                               {"md5sum", record.md5},
                               {"channels", channels}};
  return line.dump() + '\n';
}

void read_line(const nlohmann::json& line, std::vector<std::optional<ShardRecord>>& shards) {
  ShardRecord record{line.at("nsamples"), line.at("filesize"), line.at("md5sum"), {}};
  for (const nlohmann::json& channel : line.at("channels"))
    record.channel_sums.push_back({channel.at(0), channel.at(1), channel.at(2)});
  const auto shard = line.at("shard").get<std::uint64_t>();
  if (shard >= shards.size()) shards.resize(shard + 1);
  shards[shard] = std::move(record);
}

}  // namespace

std::optional<ShardProgress> read_progress(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / progress_name;
  if (!std::filesystem::exists(path)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ShardError("cannot read " + path.string() + ": " + std::strerror(errno));

  ShardProgress progress;
  std::string line;
  std::getline(file, line);
  progress.description = nlohmann::json::parse(line, nullptr, false);
  if (!progress.description.is_object())
    throw ShardError(path.string() + " is damaged: it does not begin with a JSON object");
  try {
    while (std::getline(file, line) && !file.eof()) {
      const auto value = nlohmann::json::parse(line, nullptr, false);
      if (value.is_discarded()) break;
      read_line(value, progress.shards);
    }
  } catch (const std::exception& error) {
    throw ShardError(path.string() + " is damaged: " + error.what());
  }
  return progress;
}

ProgressFile::ProgressFile(const std::filesystem::path& folder, const ShardProgress& progress)
    : path_(folder / progress_name) {
  std::string content = progress.description.dump() + '\n';
  for (std::size_t shard = 0; shard < progress.shards.size(); ++shard)
    if (progress.shards[shard]) content += line_of(shard, *progress.shards[shard]);
  write_durably(path_, content);
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (descriptor_ < 0) throw_write_error(errno, "cannot open " + path_.string());
}

ProgressFile::~ProgressFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void ProgressFile::add(std::uint64_t shard, const ShardRecord& record) {
  const std::string action = "cannot write " + path_.string();
  if (descriptor_ < 0) throw_write_error(EIO, action);
  const std::string line = line_of(shard, record);
  try {
    FileSink(descriptor_, path_.string())
        .write(std::vector<ByteSpan>{std::as_bytes(std::span(line))});
    if (::fdatasync(descriptor_) != 0) throw_write_error(errno, action);
  } catch (const WriteError&) {
    // The file may end with half a line, after which no line may be written.
    ::close(descriptor_);
    descriptor_ = -1;
    throw;
  }
}

}  // namespace mmgym
