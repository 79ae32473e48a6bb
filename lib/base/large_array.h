#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

#include "base/huge_pages.h"

namespace mmgym {

/// Numbers in memory that is aligned for vectors and, if it is large, on huge pages where the
/// system allows them: writing to many small pages takes twice as long.
template <typename T>
class LargeArray {
 public:
  /// Sets the size. The content is undefined if the array grows beyond its largest size. Throws
  /// std::bad_alloc.
  void resize(std::size_t size) {
    if (size > capacity_) {
      data_.reset();
      capacity_ = 0;
      data_.reset(allocate(size * sizeof(T)));
      capacity_ = size;
    }
    size_ = size;
  }

  std::size_t size() const { return size_; }
  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }

 private:
  struct Free {
    void operator()(T* data) const { std::free(data); }
  };

  static T* allocate(std::size_t bytes) {
    constexpr std::size_t kVector = 64;
    const std::size_t alignment = bytes < kHugePage ? kVector : kHugePage;
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    void* data = std::aligned_alloc(alignment, rounded);
    if (data == nullptr) throw std::bad_alloc();
    advise_huge_pages(data, rounded);
    return static_cast<T*>(data);
  }

  std::unique_ptr<T, Free> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace mmgym
