#pragma once

#include <span>
#include <string>
#include <system_error>

#include "shards/owned_bytes.h"

namespace mmgym {

/// A file or pipe could not be written: what() names it and says why ("cannot write NAME: No space
/// left on device"), code() is the errno.
class WriteError : public std::system_error {
 public:
  using std::system_error::system_error;
};

/// The reader of a pipe has closed it (EPIPE). For a program that streams, this is a usual end:
/// `head` and a training run that has seen enough do it.
class ReaderGone : public WriteError {
 public:
  using WriteError::WriteError;
};

/// Throws what fits errno: ReaderGone or WriteError, with the message "ACTION: reason".
[[noreturn]] void throw_write_error(int error_number, const std::string& action);

/// Somewhere that bytes go, one after another.
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

/// Gives a pipe room for 1 MiB, if the system lets it have that: with the usual 64 KiB its two ends
/// wait for one another most of the time. Does nothing to other files.
void enlarge_pipe(int file_descriptor);

/// Writes to an open file, pipe or socket, which it neither seeks in nor closes. Nothing is
/// buffered.
///
/// A program that writes to pipes must ignore SIGPIPE to see ReaderGone, or the signal ends it.
class FileSink final : public ByteSink {
 public:
  /// `name` is what error messages call the file.
  FileSink(int file_descriptor, std::string name);

  /// Throws WriteError, or ReaderGone.
  void write(std::span<const ByteSpan> spans) override;

 private:
  int file_descriptor_;
  std::string name_;
};

}  // namespace mmgym
