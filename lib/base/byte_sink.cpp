#include "base/byte_sink.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>
#include <vector>

namespace mmgym {

void MemorySink::write(std::span<const ByteSpan> spans) {
  for (const ByteSpan span : spans)
    bytes_.append(reinterpret_cast<const char*>(span.data()), span.size());
}

void BufferedSink::write(std::span<const ByteSpan> spans) {
  std::size_t bytes = 0;
  for (const ByteSpan span : spans) bytes += span.size();
  if (used_ + bytes > buffer_.size()) flush();
  if (bytes > buffer_.size() / 2) return target_.write(spans);
  for (const ByteSpan span : spans) {
    std::ranges::copy(span, buffer_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += span.size();
  }
}

void BufferedSink::flush() {
  const ByteSpan bytes = std::span(buffer_).first(std::exchange(used_, 0));
  if (!bytes.empty()) target_.write(std::span(&bytes, 1));
}

void enlarge_pipe(int file_descriptor) {
#ifdef F_SETPIPE_SZ
  ::fcntl(file_descriptor, F_SETPIPE_SZ, 1 << 20);
#else
  static_cast<void>(file_descriptor);
#endif
}

FileSink::FileSink(int file_descriptor, std::string name)
    : file_descriptor_(file_descriptor), name_(std::move(name)) {}

void FileSink::write(std::span<const ByteSpan> spans) {
  // A pipe is locked during a system call. Its reader waits for the end of a long one, and then
  // reader and writer seldom work at the same time.
  constexpr std::size_t kPiece = std::size_t{1} << 18;
  std::vector<iovec> pending;
  pending.reserve(spans.size());
  for (ByteSpan span : spans)
    for (; !span.empty(); span = span.subspan(pending.back().iov_len))
      pending.push_back({const_cast<std::byte*>(span.data()), std::min(span.size(), kPiece)});

  for (std::size_t first = 0; first < pending.size();) {
    std::size_t count = 0;
    for (std::size_t bytes = 0; bytes < kPiece && count < IOV_MAX; ++count) {
      if (first + count == pending.size()) break;
      bytes += pending[first + count].iov_len;
    }
    const ssize_t result = ::writev(file_descriptor_, &pending[first], static_cast<int>(count));
    if (result < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN) {
        // Another process that shares the pipe has made it non-blocking.
        pollfd writable{file_descriptor_, POLLOUT, 0};
        ::poll(&writable, 1, -1);
        continue;
      }
      throw_write_error(errno, "cannot write " + name_);
    }
    for (auto written = static_cast<std::size_t>(result); written > 0;) {
      iovec& span = pending[first];
      const std::size_t part = std::min(written, span.iov_len);
      span.iov_base = static_cast<std::byte*>(span.iov_base) + part;
      span.iov_len -= part;
      written -= part;
      if (span.iov_len == 0) ++first;
    }
  }
}

}  // namespace mmgym
