#include "base/durable_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "base/lock_holder.h"

namespace mmgym {
namespace {

/// Syncs a folder's list of names.
void sync_folder(const std::filesystem::path& folder) {
  const auto name = folder.empty() ? std::filesystem::path(".") : folder;
  const int fd = ::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) throw_write_error(errno, "cannot open " + name.string());
  const int error = ::fsync(fd) == 0 ? 0 : errno;
  ::close(fd);
  // EINVAL: a file system on which folders cannot be synced; nothing more can be done there.
  if (error != 0 && error != EINVAL) throw_write_error(error, "cannot write " + name.string());
}

/// Creates or empties the temporary file of `path`, and locks it. Returns the file descriptor.
int create_locked(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  const std::string action = "cannot write " + path.string();
  while (true) {
    const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) throw_write_error(errno, action);
    // Other errors come from file systems without locks. The file is then written without one.
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      ::close(fd);
      throw DataError(path.string() + ": is being written by " + lock_holder(temporary) +
                      "; wait for it or stop it");
    }
    // The process that had the lock may have given the file its name, or removed it.
    struct stat opened {};
    struct stat named {};
    const bool is_same = ::fstat(fd, &opened) == 0 && ::stat(temporary.c_str(), &named) == 0 &&
                         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
    const int error = is_same && ::ftruncate(fd, 0) != 0 ? errno : 0;
    if (is_same && error == 0) return fd;
    ::close(fd);
    if (error != 0) throw_write_error(error, action);
  }
}

}  // namespace

std::string temporary_name(std::string_view name) { return '.' + std::string(name) + ".tmp"; }

DurableFile::DurableFile(std::filesystem::path path)
    : path_(std::move(path)),
      temporary_(path_.parent_path() / temporary_name(path_.filename().string())),
      file_descriptor_(create_locked(temporary_, path_)),
      sink_(file_descriptor_, path_.string()) {}

DurableFile::~DurableFile() {
  // Closing releases the lock, so it comes last.
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  ::close(file_descriptor_);
}

void DurableFile::commit() {
  const std::string action = "cannot write " + path_.string();
  if (::fsync(file_descriptor_) != 0) throw_write_error(errno, action);
  // Some network file systems report a full disk only when a descriptor is closed. The other one
  // keeps the lock.
  const int copy = ::fcntl(file_descriptor_, F_DUPFD_CLOEXEC, 0);
  if (copy < 0 || ::close(copy) != 0) throw_write_error(errno, action);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) throw_write_error(errno, action);
  temporary_.clear();
  sync_folder(path_.parent_path());
}

void write_durably(const std::filesystem::path& path, std::string_view content) {
  DurableFile file(path);
  file.sink().write(std::vector<ByteSpan>{std::as_bytes(std::span(content))});
  file.commit();
}

void write_durably(const std::filesystem::path& path,
                   const std::function<void(const std::filesystem::path&)>& write) {
  DurableFile file(path);
  write(file.temporary());
  file.commit();
}

void rename_durably(const std::filesystem::path& from, const std::filesystem::path& to) {
  const std::string action = "cannot write " + to.string();
  const int fd = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  const int error = fd >= 0 && ::fsync(fd) == 0 ? 0 : errno;
  if (fd >= 0) ::close(fd);
  if (error != 0) throw_write_error(error, action);
  if (::rename(from.c_str(), to.c_str()) != 0) throw_write_error(errno, action);
  sync_folder(to.parent_path());
}

void remove_durably(const std::filesystem::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT)
    throw_write_error(errno, "cannot remove " + path.string());
  sync_folder(path.parent_path());
}

}  // namespace mmgym
