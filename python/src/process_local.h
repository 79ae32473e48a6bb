#pragma once

#include <unistd.h>

#include <memory>

namespace mmgym::python {

/// An object with threads or open files that only the process which made it may use. A copy in a
/// forked process must not be used or destroyed, so it is left alone there.
template <typename T>
class ProcessLocal {
 public:
  explicit ProcessLocal(std::shared_ptr<T> object) : object_(new std::shared_ptr<T>(object)) {}
  ~ProcessLocal() {
    if (is_here()) delete object_;
  }
  ProcessLocal(const ProcessLocal&) = delete;
  ProcessLocal& operator=(const ProcessLocal&) = delete;

  /// Whether the object was made in this process.
  bool is_here() const { return process_ == ::getpid(); }

  const std::shared_ptr<T>& get() const { return *object_; }

  /// Replaces the object by one that was made in this process.
  void set(std::shared_ptr<T> object) {
    if (is_here())
      *object_ = std::move(object);
    else
      object_ = new std::shared_ptr<T>(std::move(object));
    process_ = ::getpid();
  }

 private:
  pid_t process_ = ::getpid();
  std::shared_ptr<T>* object_;
};

}  // namespace mmgym::python
