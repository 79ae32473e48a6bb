#include "shards/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "base/errors.h"
#include "base/lock_holder.h"
#include "encoding/shard_error.h"
#include "shards/regular_file.h"

namespace mmgym {
namespace {

constexpr std::string_view kLockPrefix = ".worker-";
constexpr std::string_view kLockSuffix = ".lock";

/// Returns whether another process has a lock that excludes this one. Other errors come from file
/// systems without locks. The folder is then used without one.
bool is_locked(int descriptor, int operation) {
  return ::flock(descriptor, operation | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

/// The name of the empty file that a worker has a lock on.
std::string worker_lock_name(const Share& share) {
  return fmt::format("{}{}-{}{}", kLockPrefix, share.number, share.count, kLockSuffix);
}

[[noreturn]] void refuse(const std::filesystem::path& folder, const std::string& by) {
  throw ShardError(folder.string() + ": is being written by " + by + "; wait for it or stop it");
}

}  // namespace

bool is_worker_lock_name(const std::string& file_name) {
  return file_name.starts_with(kLockPrefix) && file_name.ends_with(kLockSuffix);
}

FolderLock::FolderLock(const std::filesystem::path& folder, const Share& share)
    : folder_(folder), descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) throw_write_error(errno, "cannot open the folder " + folder.string());
  try {
    if (is_locked(descriptor_, share.is_all() ? LOCK_EX : LOCK_SH))
      refuse(folder, lock_holder(folder));
    if (!share.is_all()) lock_worker(share);
  } catch (...) {
    ::close(descriptor_);
    if (worker_descriptor_ >= 0) ::close(worker_descriptor_);
    throw;
  }
}

void FolderLock::lock_worker(const Share& share) {
  const std::filesystem::path& path = worker_path_ = folder_ / worker_lock_name(share);
  worker_descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (worker_descriptor_ < 0) throw_write_error(errno, "cannot write " + path.string());
  if (is_locked(worker_descriptor_, LOCK_EX))
    refuse(folder_, fmt::format("worker {}, {}", share.text(), lock_holder(path)));
  // Workers of another number make other shards, and both could make the same one.
  const std::string ending = fmt::format("-{}{}", share.count, kLockSuffix);
  for (const auto& file : files_in(folder_)) {
    const std::string name = file.filename().string();
    if (!is_worker_lock_name(name) || name.ends_with(ending)) continue;
    const int other = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (other < 0) continue;  // removed in the meantime
    const bool is_used = is_locked(other, LOCK_EX);
    ::close(other);
    if (is_used) refuse(folder_, "workers of another number, " + lock_holder(file));
  }
}

FolderLock::~FolderLock() {
  ::close(descriptor_);
  if (worker_descriptor_ < 0) return;
  ::unlink(worker_path_.c_str());
  ::close(worker_descriptor_);
}

// A lock that cannot be converted is lost. So the last process to try succeeds.
bool FolderLock::become_only() { return !is_locked(descriptor_, LOCK_EX); }

}  // namespace mmgym
