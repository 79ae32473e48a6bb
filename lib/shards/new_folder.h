#pragma once

#include <filesystem>
#include <vector>

namespace mmgym {

/// A folder that is made if it is missing, with its parents. The destructor removes the folders
/// that were made and are still empty.
class NewFolder {
 public:
  /// Throws WriteError.
  explicit NewFolder(const std::filesystem::path& folder);
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

 private:
  void remove_empty() const;

  std::vector<std::filesystem::path> made_;  // parents first
};

}  // namespace mmgym
