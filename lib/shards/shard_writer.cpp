#include "shards/shard_writer.h"

#include <stdexcept>

#include "base/durable_file.h"
#include "shards/hashing_sink.h"
#include "shards/tar.h"
#include "shards/write_sample.h"

namespace mmgym {

struct ShardWriter::State {
  State(const std::filesystem::path& folder, std::uint64_t number)
      : shard(number), file(folder / shard_name(number)), sink(file.sink()), tar(sink) {}

  std::uint64_t shard;
  ShardRecord record;
  DurableFile file;
  HashingSink sink;
  TarWriter tar;
};

ShardWriter::ShardWriter(const std::filesystem::path& folder, std::uint64_t shard)
    : state_(std::make_unique<State>(folder, shard)) {}
ShardWriter::~ShardWriter() = default;
ShardWriter::ShardWriter(ShardWriter&&) noexcept = default;
ShardWriter& ShardWriter::operator=(ShardWriter&&) noexcept = default;

void ShardWriter::write(const SampleRecord& sample) {
  std::vector<ChannelSum>& sums = state_->record.channel_sums;
  if (state_->record.sample_count == 0) sums.resize(sample.channel_sums.size());
  if (sums.size() != sample.channel_sums.size())
    throw std::invalid_argument("the samples of a shard must have the same channels");
  write_sample(state_->tar, sample);
  for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += sample.channel_sums[c];
  ++state_->record.sample_count;
}

ShardRecord ShardWriter::finish() {
  state_->tar.finish();
  state_->file.commit();
  state_->record.file_size = state_->sink.size();
  state_->record.md5 = state_->sink.md5();
  return state_->record;
}

std::uint64_t ShardWriter::shard() const { return state_->shard; }
std::uint64_t ShardWriter::sample_count() const { return state_->record.sample_count; }

}  // namespace mmgym
