#pragma once

#include <cstdint>

#include "sampling/sample_order.h"

namespace mmgym {

/// How samples are divided into batches.
struct BatchOptions {
  std::uint64_t batch_size = 1;
  std::uint64_t epochs = 1;  // 0: endless
  /// Process `rank` of `world_size` that train together. Each makes its own share of every epoch.
  std::uint64_t rank = 0;
  std::uint64_t world_size = 1;
  /// Leave out the samples at the end of an epoch that do not fill a batch of every rank.
  bool drop_last = false;
};

/// Positions first, first + 1, ... in a SampleOrder.
struct Positions {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// The batches of one rank. Batch n depends only on the options and n, so that a run can start at
/// any batch.
///
/// An epoch is a sequence of steps. In a step, every rank has a batch of consecutive positions: of
/// `batch_size` samples or, in the last step, an equal share (within 1) of those that are left. If
/// that would leave a rank without a sample, the last step takes some of the step before it. So all
/// ranks have the same number of batches, and each sample of the epoch is in one of them.
class BatchOrder {
 public:
  /// `epoch_samples` is the number of samples in an epoch, from 1 on; `first` and `seed` are those
  /// of SampleOrder. `zones` is the number of zones. Throws UsageError if the options are invalid,
  /// or if an epoch has too few samples for them.
  BatchOrder(std::uint64_t zones, std::uint64_t first, std::uint64_t epoch_samples,
             std::uint64_t seed, const BatchOptions& options);

  /// The number of batches of a rank; without end, that of as many epochs as there are indices for.
  std::uint64_t count() const { return epochs_ * steps_; }

  std::uint64_t batches_per_epoch() const { return steps_; }

  const BatchOptions& options() const { return options_; }

  /// Returns the positions of the samples in batch `n`.
  Positions positions(std::uint64_t n) const;

  /// Returns the index of the sample at a position.
  std::uint64_t index(std::uint64_t position) const { return order_.index(position); }

 private:
  std::uint64_t step_begin(std::uint64_t step) const;

  BatchOptions options_;
  std::uint64_t epoch_samples_;
  std::uint64_t epochs_;
  std::uint64_t steps_ = 0;  // per epoch
  SampleOrder order_;
};

}  // namespace mmgym
