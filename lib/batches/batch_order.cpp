#include "batches/batch_order.h"

#include <algorithm>
#include <string>

#include "base/errors.h"

namespace mmgym {
namespace {

/// The number of epochs; without end, that of whole epochs up to the largest index.
std::uint64_t epochs_of(const BatchOptions& options, std::uint64_t first,
                        std::uint64_t epoch_samples) {
  const std::uint64_t most = (kIndices - first) / epoch_samples;
  if (options.epochs > most)
    throw UsageError("epochs: there are indices for only " + std::to_string(most) + " epochs");
  return options.epochs == 0 ? most : options.epochs;
}

void check(const BatchOptions& options) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 31;
  const auto check_size = [](const char* name, std::uint64_t value) {
    if (value < 1 || value > kMost)
      throw UsageError(std::string(name) + ": '" + std::to_string(value) +
                       "' is not a whole number from 1 to " + std::to_string(kMost));
  };
  check_size("batch_size", options.batch_size);
  check_size("world_size", options.world_size);
  if (options.rank >= options.world_size)
    throw UsageError("rank: '" + std::to_string(options.rank) +
                     "' is not a number from 0 to world_size - 1");
}

}  // namespace

BatchOrder::BatchOrder(std::uint64_t zones, std::uint64_t first, std::uint64_t epoch_samples,
                       std::uint64_t seed, const BatchOptions& options)
    : options_(options),
      epoch_samples_(epoch_samples),
      epochs_(epochs_of(options, first, epoch_samples)),
      order_(zones, first, epochs_ * epoch_samples, seed) {
  check(options);
  const std::uint64_t step_size = options.batch_size * options.world_size;
  steps_ = epoch_samples / step_size;
  const bool even = epoch_samples % step_size == 0;
  if (!options.drop_last && !even) ++steps_;
  const bool enough = options.drop_last ? steps_ > 0 : steps_ * options.world_size <= epoch_samples;
  if (!enough)
    throw UsageError("an epoch of " + std::to_string(epoch_samples) +
                     " samples cannot be divided into batches of " +
                     std::to_string(options.batch_size) + " for " +
                     std::to_string(options.world_size) +
                     " processes; use fewer processes or another batch size" +
                     (options.drop_last || steps_ == 1 ? "" : ", or drop_last=True"));
}

std::uint64_t BatchOrder::step_begin(std::uint64_t step) const {
  const std::uint64_t begin = step * options_.batch_size * options_.world_size;
  if (options_.drop_last || step == 0) return begin;
  if (step == steps_) return epoch_samples_;
  return step + 1 < steps_ ? begin : std::min(begin, epoch_samples_ - options_.world_size);
}

Positions BatchOrder::positions(std::uint64_t n) const {
  const std::uint64_t epoch = n / steps_;
  const std::uint64_t step = n % steps_;
  const std::uint64_t begin = step_begin(step);
  const std::uint64_t size = step_begin(step + 1) - begin;
  const std::uint64_t from = size * options_.rank / options_.world_size;
  const std::uint64_t to = size * (options_.rank + 1) / options_.world_size;
  return {epoch * epoch_samples_ + begin + from, to - from};
}

}  // namespace mmgym
