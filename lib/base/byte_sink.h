#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/owned_bytes.h"

namespace mmgym {

/// A destination of bytes.
class ByteSink {
 public:
  virtual ~ByteSink() = default;

  /// Appends the bytes of all spans, in order, or throws.
  virtual void write(std::span<const ByteSpan> spans) = 0;
};

/// Appends to a string.
class MemorySink final : public ByteSink {
 public:
  void write(std::span<const ByteSpan> spans) override;
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Collects short writes, because each write to a pipe wakes its reader, which can take longer than
/// to make the bytes. Call flush() at the end.
class BufferedSink final : public ByteSink {
 public:
  explicit BufferedSink(ByteSink& target) : target_(target), buffer_(std::size_t{1} << 19) {}

  void write(std::span<const ByteSpan> spans) override;
  /// Writes what was collected. If this throws, the rest is lost.
  void flush();

 private:
  ByteSink& target_;
  std::vector<std::byte> buffer_;
  std::size_t used_ = 0;
};

/// Enlarges a pipe's buffer to 1 MiB if the system allows it. With the default of 64 KiB, writer
/// and reader wait for each other most of the time. Does nothing to other files.
void enlarge_pipe(int file_descriptor);

/// Writes to an open file, pipe or socket without buffering. Does not seek in it or close it.
///
/// A program that writes to pipes must ignore SIGPIPE to get ReaderGone; otherwise the signal ends
/// it.
class FileSink final : public ByteSink {
 public:
  /// `name`: of the file in error messages.
  FileSink(int file_descriptor, std::string name);

  /// Throws WriteError, or ReaderGone.
  void write(std::span<const ByteSpan> spans) override;

 private:
  int file_descriptor_;
  std::string name_;
};

}  // namespace mmgym
