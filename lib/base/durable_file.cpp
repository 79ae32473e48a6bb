#include "base/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>
#include <vector>

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

int create(const std::filesystem::path& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) throw_write_error(errno, "cannot create " + path.string());
  return fd;
}

}  // namespace

std::string temporary_name(std::string_view name) { return '.' + std::string(name) + ".tmp"; }

DurableFile::DurableFile(std::filesystem::path path)
    : path_(std::move(path)),
      temporary_(path_.parent_path() / temporary_name(path_.filename().string())),
      file_descriptor_(create(temporary_)),
      sink_(file_descriptor_, path_.string()) {}

DurableFile::~DurableFile() {
  if (file_descriptor_ >= 0) ::close(file_descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void DurableFile::commit() {
  const std::string action = "cannot write " + path_.string();
  if (::fsync(file_descriptor_) != 0) throw_write_error(errno, action);
  // Some network file systems report a full disk only here.
  if (::close(std::exchange(file_descriptor_, -1)) != 0) throw_write_error(errno, action);
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
  // The message of the other library would name the temporary file or no file.
  const auto folder = path.parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder))
    throw_write_error(ENOENT, "cannot write " + path.string());
  const auto temporary = folder / temporary_name(path.filename().string());
  try {
    write(temporary);
    rename_durably(temporary, path);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
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
