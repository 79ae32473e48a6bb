#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "base/work_limits.h"

namespace mmgym {

/// Items 0 ... count - 1. Several threads work on them at once. Their results are written one at a
/// time, in the order of the items.
template <typename Result>
struct OrderedWork {
  std::uint64_t count = 0;  // may be huge: memory does not depend on it
  /// The result of an item. Called for several items at once.
  std::function<Result(std::uint64_t)> work;
  /// Called in order, never twice at once, by the threads that work.
  std::function<void(std::uint64_t, Result&&)> write;
  /// Estimate of the bytes that the work on an item needs, and of its time. Called often, so it
  /// must be quick. Default: 0.
  std::function<std::size_t(std::uint64_t)> work_bytes = {};
  /// Estimate of the bytes of a result while it waits. Default: 0.
  std::function<std::size_t(const Result&)> result_bytes = {};
};

/// OrderedWork with results in the slots of a ring: item i has slot i % slots.
struct OrderedSteps {
  std::uint64_t count = 0;
  std::size_t slots = 1;
  std::function<std::size_t(std::uint64_t)> work;  // returns the bytes of the result
  std::function<void(std::uint64_t)> write;
  std::function<std::size_t(std::uint64_t)> work_bytes;
};
void run_steps(const std::vector<OrderedSteps>& sequences, const WorkLimits& limits);

/// Does several pieces of work at the same time. All threads work on all pieces: the next item is
/// of the piece with the fewest items in progress. Each piece has its own order, and pieces are
/// written at the same time.
///
/// Items of a piece are begun in order. Once the last item is in the window, several threads begin
/// the largest remaining item first, so that a large item at the end does not leave threads idle.
///
/// Runs on exactly `limits.threads` threads, including the caller's. Memory depends on the limits,
/// not on the number of items. The window is divided evenly among the pieces.
///
/// The first exception from work, write or an estimate ends the run and is thrown again here when
/// all threads have ended. Some earlier items of its piece may be unwritten. No later item of its
/// piece is written. A signal to stop (base/stop_signal.h) ends the run like an exception, Stopped.
template <typename Result>
void run_ordered(const std::vector<OrderedWork<Result>>& pieces, const WorkLimits& limits) {
  std::vector<std::vector<std::optional<Result>>> results(pieces.size());
  std::vector<OrderedSteps> sequences(pieces.size());
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    const auto& piece = pieces[n];
    const std::uint64_t window = std::max<std::uint64_t>(limits.window / pieces.size(), 1);
    const auto slots = static_cast<std::size_t>(std::clamp<std::uint64_t>(piece.count, 1, window));
    auto& ring = results[n];
    ring.resize(slots);
    auto& steps = sequences[n];
    steps.count = piece.count;
    steps.slots = slots;
    steps.work = [&piece, &ring](std::uint64_t item) {
      auto& result = ring[item % ring.size()];
      result.emplace(piece.work(item));
      return piece.result_bytes ? piece.result_bytes(*result) : 0;
    };
    steps.write = [&piece, &ring](std::uint64_t item) {
      auto& result = ring[item % ring.size()];
      piece.write(item, std::move(*result));
      result.reset();
    };
    steps.work_bytes = piece.work_bytes;
  }
  run_steps(sequences, limits);
}

template <typename Result>
void run_ordered(OrderedWork<Result> piece, const WorkLimits& limits) {
  run_ordered(std::vector<OrderedWork<Result>>{std::move(piece)}, limits);
}

/// Calls work(i) for each i < count. If an item of run_ordered() does so, threads that have no item
/// to begin or to write take part, so that no more than `limits.threads` threads are busy.
/// Otherwise all calls are made here. Calls begin in the order of i. If calls throw, no more begin,
/// and the exception of the first of them is thrown again here when all have ended.
void share_work(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace mmgym
