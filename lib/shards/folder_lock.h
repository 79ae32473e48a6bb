#pragma once

#include <filesystem>
#include <string>

#include "base/share.h"

namespace mmgym {

/// Keeps other processes out of a folder of shards. Workers of the same number share a folder; each
/// is there once. Without effect on file systems without locks.
class FolderLock {
 public:
  /// Throws ShardError if another process is in the way, and WriteError.
  FolderLock(const std::filesystem::path& folder, const Share& share);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  /// Makes this process the only one in the folder. Returns false if there are other workers; then
  /// this process has no lock any more. If the last workers of a folder call it at the same time,
  /// it returns true in one of them.
  bool become_only();

 private:
  void lock_worker(const Share& share);

  std::filesystem::path folder_;
  int descriptor_;
  int worker_descriptor_ = -1;
  std::filesystem::path worker_path_;
};

/// Whether this is the name of the empty file that a worker has a lock on.
bool is_worker_lock_name(const std::string& file_name);

}  // namespace mmgym
