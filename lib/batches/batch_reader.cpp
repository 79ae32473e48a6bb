#include "batches/batch_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/ordered_work.h"
#include "sampling/image_memory.h"

namespace mmgym {
namespace {

/// Ends the work of a closed reader.
struct Closed {};

constexpr std::size_t kFinished = 2;  // batches that wait for their reader

/// The number of batches, at most as many as have a number of items.
std::uint64_t batches_of(const BatchOrder& order, const BatchReaderOptions& options) {
  const std::uint64_t count = order.count();
  if (count <= options.first) return 0;
  return std::min((count - options.first - 1) / options.step + 1,
                  std::numeric_limits<std::uint64_t>::max() / order.options().batch_size);
}

}  // namespace

BatchReader::BatchReader(std::shared_ptr<SampleSet> samples, const BatchOrder& order,
                         const BatchReaderOptions& options)
    : samples_(std::move(samples)), order_(order), options_(options) {
  // The samples in progress belong to at most so many batches.
  unfinished_.resize(limits().window / order.options().batch_size + 2);
  thread_ = std::thread([this] { make_batches(); });
}

void BatchReader::make_batches() {
  std::exception_ptr error;
  try {
    // Item i is a sample: i / batch_size is the batch, counted in this reader. A batch with fewer
    // samples has items that do nothing. The error of a sample waits until all samples before it
    // are delivered.
    const std::uint64_t size = order_.options().batch_size;
    OrderedWork<std::exception_ptr> work;
    work.count = batches_of(order_, options_) * size;
    work.work = [this, size](std::uint64_t item) -> std::exception_ptr {
      try {
        make_sample(item / size, item % size);
      } catch (...) {
        return std::current_exception();
      }
      return nullptr;
    };
    work.write = [this, size](std::uint64_t item, std::exception_ptr&& failed) {
      if (failed) std::rethrow_exception(failed);
      if (item % size == size - 1) deliver(item / size);
    };
    run_ordered(std::move(work), limits());
  } catch (const Closed&) {
  } catch (...) {
    error = std::current_exception();
  }
  const std::lock_guard guard(mutex_);
  error_ = error;
  ended_ = true;
  changed_.notify_all();
}

WorkLimits BatchReader::limits() const {
  return limits_for_samples(options_.threads,
                            image_bytes(samples_->parameters(), samples_->channels()));
}

void BatchReader::make_sample(std::uint64_t batch, std::uint64_t i) {
  const Positions positions = order_.positions(number(batch));
  if (i >= positions.count) return;
  const auto sample = samples_->make(order_.index(positions.first + i));
  unfinished(batch).put(i, *sample);
}

Batch& BatchReader::unfinished(std::uint64_t batch) {
  const std::lock_guard guard(mutex_);
  if (closed_) throw Closed();
  auto& place = unfinished_[batch % unfinished_.size()];
  if (!place) {
    place = batches_.get();
    place->reset(options_.format, samples_->parameters(), samples_->channels(),
                 order_.positions(number(batch)).count);
  }
  return *place;
}

void BatchReader::deliver(std::uint64_t batch) {
  Guard lock(mutex_);
  auto done = std::move(unfinished_[batch % unfinished_.size()]);
  lock.unlock();
  done->finish();
  lock.lock();
  changed_.wait(lock, [this] { return finished_.size() < kFinished || closed_; });
  if (closed_) throw Closed();
  finished_.push_back(std::move(done));
  changed_.notify_all();
}

bool BatchReader::wait_for(std::chrono::milliseconds time) {
  Guard lock(mutex_);
  return changed_.wait_for(lock, time, [this] { return !finished_.empty() || ended_; });
}

std::shared_ptr<const Batch> BatchReader::next() {
  Guard lock(mutex_);
  changed_.wait(lock, [this] { return !finished_.empty() || ended_; });
  if (finished_.empty()) {
    if (error_) std::rethrow_exception(error_);
    return nullptr;
  }
  auto batch = std::move(finished_.front());
  finished_.pop_front();
  changed_.notify_all();
  return batch;
}

void BatchReader::close() {
  {
    const std::lock_guard guard(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  finished_.clear();
}

}  // namespace mmgym
