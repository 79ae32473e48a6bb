#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace mmgym {

/// Objects that are reused and keep their allocated memory. The pool makes as many as are in use at
/// the same time. Thread-safe. Objects may outlive the pool.
template <typename T>
class ObjectPool {
 public:
  explicit ObjectPool(std::function<std::unique_ptr<T>()> make = std::make_unique<T>)
      : make_(std::move(make)) {}

  /// Returns an object. It goes back to the pool when the last pointer to it is destroyed.
  std::shared_ptr<T> get() {
    std::unique_ptr<T> object;
    {
      const std::lock_guard guard(free_->mutex);
      if (!free_->objects.empty()) {
        // The object that was used last is the most likely to be in the processor's caches.
        object = std::move(free_->objects.back());
        free_->objects.pop_back();
      }
    }
    if (!object) object = make_();
    return std::shared_ptr<T>(object.release(), [free = free_](T* returned) {
      std::unique_ptr<T> owner(returned);
      const std::lock_guard guard(free->mutex);
      free->objects.push_back(std::move(owner));
    });
  }

 private:
  std::function<std::unique_ptr<T>()> make_;

  struct Free {
    std::mutex mutex;
    std::vector<std::unique_ptr<T>> objects;
  };
  std::shared_ptr<Free> free_ = std::make_shared<Free>();
};

}  // namespace mmgym
