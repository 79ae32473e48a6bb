#include "base/work_limits.h"

#include <algorithm>

#include "base/machine_memory.h"

namespace mmgym {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr std::size_t kLeastBudget = 1024 * kMiB;
constexpr std::size_t kFewPerThread = 8;
constexpr std::size_t kManyPerThread = 64;
constexpr std::size_t kSamplesPerThread = 4;
constexpr std::size_t kWaitingSamples = 96 * kMiB;

WorkLimits limits(int threads, std::size_t items_per_thread, std::size_t bytes) {
  return {threads, items_per_thread * static_cast<std::size_t>(threads), bytes};
}

}  // namespace

std::size_t memory_budget() { return std::max(machine_memory() / 2, kLeastBudget); }

WorkLimits limits_for_facts(int threads) {
  return limits(threads, kManyPerThread, memory_budget());
}

WorkLimits limits_for_zones(int threads, bool keep_all) {
  return limits(threads, keep_all ? kManyPerThread : kFewPerThread, memory_budget());
}

WorkLimits limits_for_samples(int threads, std::size_t sample_bytes) {
  // Room for one sample per thread, of any size.
  const std::size_t in_progress = static_cast<std::size_t>(threads) * sample_bytes;
  return limits(threads, kSamplesPerThread, std::max(kWaitingSamples, in_progress));
}

WorkLimits limits_for_timing(int threads) {
  return limits(threads, kManyPerThread, memory_budget());
}

}  // namespace mmgym
