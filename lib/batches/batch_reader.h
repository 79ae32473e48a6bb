#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/object_pool.h"
#include "base/work_limits.h"
#include "batches/batch.h"
#include "batches/batch_order.h"
#include "sampling/sample_set.h"

namespace mmgym {

struct BatchReaderOptions {
  BatchFormat format;
  int threads = 1;
  /// Makes batches first, first + step, first + 2 * step, ...
  std::uint64_t first = 0;
  std::uint64_t step = 1;
};

/// Makes batches in order, ahead of their reader. At most two finished batches wait. Threads start
/// with the constructor. The same batches come out with any number of threads.
class BatchReader {
 public:
  BatchReader(std::shared_ptr<SampleSet> samples, const BatchOrder& order,
              const BatchReaderOptions& options);
  ~BatchReader() { close(); }
  BatchReader(const BatchReader&) = delete;
  BatchReader& operator=(const BatchReader&) = delete;

  /// Waits for the next batch. Returns whether next() would return at once.
  bool wait_for(std::chrono::milliseconds time);

  /// Returns the next batch; nullptr after the last. Its memory is reused when the last pointer to
  /// it is gone. Throws the error of a sample after all batches before it.
  std::shared_ptr<const Batch> next();

  /// Stops the threads and drops the batches that wait. next() then returns nullptr.
  void close();

 private:
  using Guard = std::unique_lock<std::mutex>;

  WorkLimits limits() const;
  void make_batches();
  void make_sample(std::uint64_t batch, std::uint64_t i);
  void deliver(std::uint64_t batch);
  Batch& unfinished(std::uint64_t batch);
  std::uint64_t number(std::uint64_t batch) const { return options_.first + batch * options_.step; }

  std::shared_ptr<SampleSet> samples_;
  BatchOrder order_;
  BatchReaderOptions options_;
  ObjectPool<Batch> batches_;

  std::mutex mutex_;  // guards the members below
  std::condition_variable changed_;
  std::vector<std::shared_ptr<Batch>> unfinished_;  // batch i is in place i % size
  std::deque<std::shared_ptr<Batch>> finished_;
  bool ended_ = false;
  bool closed_ = false;
  std::exception_ptr error_;

  std::thread thread_;
};

}  // namespace mmgym
