#include "shards/shard_progress.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>

#include "base/durable_file.h"
#include "shards/json_field.h"
#include "shards/regular_file.h"
#include "shards/shard_index.h"

// progress.jsonl, or progress-K-N.jsonl of each worker, is in a folder from before its first shard
// until index.json is written. Each line is a JSON value, so that each finished shard costs one
// more line:
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

// A line has at most 32 channels; the description contains few texts of the user.
constexpr std::size_t most_line_bytes = std::size_t{1} << 20;

/// Reads a line into the buffer, without its end; nothing at the end of the file, or if the line
/// has no end.
std::optional<std::string_view> read_line(std::ifstream& file, std::string& buffer,
                                          const std::filesystem::path& path,
                                          const std::string& where) {
  buffer.resize(most_line_bytes);
  file.getline(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  require_read(file, path);
  if (file.eof()) return std::nullopt;
  if (!file) throw ShardError(where + " is too long");
  return std::string_view(buffer).substr(0, static_cast<std::size_t>(file.gcount()) - 1);
}

void add_shard(const JsonField& line, const ShardPlan& plan,
               std::vector<std::optional<ShardRecord>>& shards) {
  const JsonField number = line.at("shard");
  const std::uint64_t shard = number.whole_number();
  if (shard >= shards.size())
    number.fail(fmt::format("is {}, but there are {} shards", shard, shards.size()));
  if (shards[shard]) number.fail(fmt::format("is {}, as in an earlier line", shard));
  ShardRecord record = record_in(line);
  const std::uint64_t samples = plan.samples_in(shard);
  if (record.sample_count != samples)
    line.at("nsamples").fail(fmt::format("is {} instead of {}", record.sample_count, samples));
  // The shape ends with channel, x, y, z.
  const auto& shape = plan.description.at("shape");
  const auto channels = shape.at(shape.size() - 4).get<std::size_t>();
  for (const JsonField& channel : line.at("channels").items(channels)) {
    const auto sums = channel.items(3);
    record.channel_sums.push_back({sums[0].whole_number(std::uint64_t{1} << 53),
                                   sums[1].number(-1e300, 1e300), sums[2].number(0, 1e300)});
  }
  shards[shard] = std::move(record);
}

/// Reads one file.
ShardProgress read_file(const std::filesystem::path& folder, const std::filesystem::path& path,
                        const ShardPlan& plan) {
  std::ifstream file = open_regular_file(path);
  const auto where = [&path](std::size_t line) {
    return fmt::format("{}: line {}", path.string(), line);
  };

  ShardProgress progress;
  std::string buffer;
  if (const auto line = read_line(file, buffer, path, where(1)))
    progress.description = parse_json(*line, where(1));
  if (!progress.description.is_object())
    throw ShardError(path.string() + " is damaged: it does not begin with a JSON object");
  require_same_plan(folder, progress.description, plan);
  progress.shards.resize(plan.shard_count());
  for (std::size_t n = 2; const auto line = read_line(file, buffer, path, where(n)); ++n) {
    const auto value = parse_json(*line, where(n));
    if (!value.is_object()) throw ShardError(where(n) + " is not a JSON object");
    add_shard(JsonField(value, where(n)), plan, progress.shards);
  }
  return progress;
}

}  // namespace

std::vector<std::filesystem::path> progress_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : files_in(folder))
    if (is_progress_name(file.filename().string())) files.push_back(file);
  std::sort(files.begin(), files.end());
  return files;
}

std::optional<ShardProgress> read_progress(const std::filesystem::path& folder,
                                           const ShardPlan& plan) {
  std::optional<ShardProgress> progress;
  const auto add = [&progress](ShardProgress&& found) {
    if (!progress) {
      progress = std::move(found);
      return;
    }
    for (std::size_t shard = 0; shard < found.shards.size(); ++shard)
      if (!progress->shards[shard]) progress->shards[shard] = std::move(found.shards[shard]);
  };
  for (const auto& path : progress_files(folder)) {
    try {
      add(read_file(folder, path, plan));
    } catch (const ShardError&) {
      // A worker without shards removes its file at its end.
      std::error_code error;
      if (std::filesystem::exists(path, error) || error) throw;
    }
  }
  return progress;
}

ProgressFile::ProgressFile(const std::filesystem::path& folder, const ShardProgress& progress,
                           const Share& share)
    : path_(folder / progress_name_of(share)) {
  std::string content = progress.description.dump() + '\n';
  for (std::size_t shard = 0; shard < progress.shards.size(); ++shard)
    if (share.contains(shard) && progress.shards[shard])
      content += line_of(shard, *progress.shards[shard]);
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
