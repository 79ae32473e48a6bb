#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>

namespace mmgym {

using ByteSpan = std::span<const std::byte>;

/// Bytes and the owner that keeps them alive. An image is written to a file from its drawing
/// buffer, without a copy. Copies of this object share the bytes.
class OwnedBytes {
 public:
  /// Takes over a std::string, a std::vector of numbers, or another contiguous container.
  template <typename Container>
  explicit OwnedBytes(Container container) {
    auto owner = std::make_shared<const Container>(std::move(container));
    view_ = std::as_bytes(std::span(*owner));
    owner_ = std::move(owner);
  }

  /// Bytes that live as long as `owner`. Its deleter may return a buffer to a pool.
  OwnedBytes(std::shared_ptr<const void> owner, ByteSpan view)
      : owner_(std::move(owner)), view_(view) {}

  ByteSpan view() const { return view_; }
  std::size_t size() const { return view_.size(); }

 private:
  std::shared_ptr<const void> owner_;
  ByteSpan view_;
};

}  // namespace mmgym
