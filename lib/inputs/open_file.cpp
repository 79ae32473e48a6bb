#include "inputs/open_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/errors.h"

namespace mmgym {

OpenFile::OpenFile(const std::filesystem::path& path, Allowed allowed) : path_(path) {
  // Opening a pipe waits for its writer, unless O_NONBLOCK is set. It has no effect on files.
  const int nonblock = allowed == Allowed::regular_files ? O_NONBLOCK : 0;
  descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | nonblock);
  if (descriptor_ < 0) throw_read_error(errno, path, "cannot be opened");
  try {
    if (::fstat(descriptor_, &status_) != 0) throw_read_error(errno, path, "cannot be read");
    if (S_ISDIR(status_.st_mode)) throw InputError("is a folder");
    if (allowed == Allowed::regular_files && !S_ISREG(status_.st_mode))
      throw InputError("is not a regular file");
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

OpenFile::~OpenFile() { ::close(descriptor_); }

std::uint64_t OpenFile::size() const {
  return static_cast<std::uint64_t>(std::max<off_t>(0, status_.st_size));
}

std::size_t OpenFile::read(char* to, std::size_t size) const {
  while (true) {
    const ssize_t count = ::read(descriptor_, to, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw_read_error(errno, path_, "cannot be read");
  }
}

std::size_t OpenFile::read_at(std::uint64_t offset, char* to, std::size_t size) const {
  while (true) {
    const ssize_t count = ::pread(descriptor_, to, size, static_cast<off_t>(offset));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw_read_error(errno, path_, "cannot be read");
  }
}

}  // namespace mmgym
