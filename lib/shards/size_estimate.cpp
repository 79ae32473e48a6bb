#include "shards/size_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/text.h"
#include "shards/tar.h"
#include "shards/write_sample.h"

namespace mmgym {
namespace {

class CountingSink final : public ByteSink {
 public:
  void write(std::span<const ByteSpan> spans) override {
    for (const ByteSpan span : spans) bytes_ += span.size();
  }
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::uint64_t bytes_ = 0;
};

}  // namespace

SizeEstimate estimate_size(const ShardFolder& folder,
                           const std::function<SampleRecord(std::uint64_t)>& make) {
  const std::vector<std::uint64_t> missing = folder.missing_shards();
  const ShardPlan& plan = folder.plan();
  SizeEstimate estimate;
  estimate.shards = missing.size();
  if (missing.empty()) return estimate;

  // All shards have the same size but the last one.
  const std::uint64_t shard_size = plan.samples_in(missing.front());
  const std::uint64_t samples = (missing.size() - 1) * shard_size + plan.samples_in(missing.back());
  const std::uint64_t tried = std::clamp<std::uint64_t>(samples / 16, 1, 16);
  CountingSink sink;
  TarWriter tar(sink);
  for (std::uint64_t n = 0; n < tried; ++n) {
    const std::uint64_t i = samples / tried * n;
    write_sample(tar, make(folder.positions(missing[i / shard_size]).first + i % shard_size));
  }
  const double sample_bytes = static_cast<double>(sink.bytes()) / static_cast<double>(tried);
  // A count that is far too large must not overflow.
  constexpr double kMost = 9e18;
  const auto archive = [&](std::uint64_t shard) {
    const double bytes = sample_bytes * static_cast<double>(plan.samples_in(shard));
    return tar_archive_size(static_cast<std::uint64_t>(std::min(std::round(bytes), kMost)));
  };
  const double full_shards = static_cast<double>(missing.size() - 1);
  estimate.bytes = static_cast<std::uint64_t>(
      std::min(full_shards * static_cast<double>(archive(missing.front())) +
                   static_cast<double>(archive(missing.back())),
               kMost));
  return estimate;
}

std::optional<std::uint64_t> free_space(const std::filesystem::path& folder) {
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(folder, error);
  // Some network file systems report a capacity of 0.
  if (error || space.capacity == 0) return std::nullopt;
  return space.available;
}

void require_free_space(const std::filesystem::path& folder, const SizeEstimate& estimate,
                        std::optional<std::uint64_t> free_bytes) {
  if (!free_bytes || estimate.bytes <= *free_bytes) return;
  throw ShardError(fmt::format(
      "{}: about {} are needed, but {} are free; free some space, use --encoding sparse, --dtype "
      "float16 or a smaller --count, or add --no-space-check if the file system compresses",
      folder.string(), bytes_text(estimate.bytes), bytes_text(*free_bytes)));
}

}  // namespace mmgym
