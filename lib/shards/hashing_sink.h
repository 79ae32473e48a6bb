#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/byte_sink.h"
#include "base/md5.h"

namespace mmgym {

/// Passes bytes on, counting and hashing them.
class HashingSink final : public ByteSink {
 public:
  explicit HashingSink(ByteSink& target) : target_(&target) {}

  void write(std::span<const ByteSpan> spans) override {
    target_->write(spans);
    for (const ByteSpan span : spans) {
      size_ += span.size();
      md5_.update(span);
    }
  }

  std::uint64_t size() const { return size_; }
  std::string md5() { return md5_.hex(); }

 private:
  ByteSink* target_;
  std::uint64_t size_ = 0;
  Md5 md5_;
};

}  // namespace mmgym
