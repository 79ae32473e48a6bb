#pragma once

#include <cstdint>

namespace mmgym {

/// The share of one of several workers: every `workers`-th item (a sample of a stream, a shard of a
/// folder), from item `worker` on. Together, the workers make each item once.
struct WorkerShare {
  std::uint64_t worker = 0;  // from 0 to workers - 1
  std::uint64_t workers = 1;

  bool contains(std::uint64_t item) const { return item % workers == worker; }
  bool is_all() const { return workers == 1; }
};

}  // namespace mmgym
