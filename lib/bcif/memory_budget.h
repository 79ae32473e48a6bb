#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

#include "base/large_array.h"

namespace mmgym {

/// The memory that what is read from one file may take at a time. For one thread at a time.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::uint64_t most_bytes) : most_(most_bytes) {}

  /// Throws BinaryCifLimit, and takes nothing, if less is left.
  void take(std::uint64_t bytes);
  void give_back(std::uint64_t bytes) { used_ -= bytes; }

  std::uint64_t most() const { return most_; }
  std::uint64_t used() const { return used_; }

 private:
  std::uint64_t most_;
  std::uint64_t used_ = 0;
};

/// A part of a budget, which the destructor gives back.
class BudgetShare {
 public:
  BudgetShare() = default;
  /// Throws BinaryCifLimit.
  BudgetShare(std::shared_ptr<MemoryBudget> budget, std::uint64_t bytes)
      : budget_(std::move(budget)), bytes_(bytes) {
    budget_->take(bytes_);
  }
  ~BudgetShare() {
    if (budget_) budget_->give_back(bytes_);
  }
  BudgetShare(BudgetShare&& other) noexcept
      : budget_(std::move(other.budget_)), bytes_(other.bytes_) {}
  BudgetShare& operator=(BudgetShare&& other) noexcept {
    std::swap(budget_, other.budget_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }

 private:
  std::shared_ptr<MemoryBudget> budget_;
  std::uint64_t bytes_ = 0;
};

/// Numbers in memory that a budget counts before it is allocated. Their first values are
/// undefined.
template <typename T>
class CountedArray {
 public:
  CountedArray() = default;
  /// Throws BinaryCifLimit.
  CountedArray(const std::shared_ptr<MemoryBudget>& budget, std::size_t size)
      : share_(budget, bytes_of(size)) {
    values_.resize(size);
  }
  CountedArray(CountedArray&& other) noexcept = default;
  CountedArray& operator=(CountedArray&& other) noexcept = default;

  std::size_t size() const { return values_.size(); }
  T* begin() { return values_.data(); }
  T* end() { return values_.data() + values_.size(); }
  const T* begin() const { return values_.data(); }
  const T* end() const { return values_.data() + values_.size(); }
  T& operator[](std::size_t i) { return values_.data()[i]; }
  const T& operator[](std::size_t i) const { return values_.data()[i]; }

 private:
  static std::uint64_t bytes_of(std::uint64_t size) {
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max() / sizeof(T);
    return (size < kMost ? size : kMost) * sizeof(T);
  }

  BudgetShare share_;
  LargeArray<T> values_;
};

}  // namespace mmgym
