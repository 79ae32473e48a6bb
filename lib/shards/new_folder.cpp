#include "shards/new_folder.h"

#include <cerrno>

#include "base/errors.h"

namespace mmgym {

NewFolder::NewFolder(const std::filesystem::path& folder) {
  // The path is made part by part, because create_directories does not tell what it has made.
  std::filesystem::path path;
  for (const std::filesystem::path& part : folder) {
    path /= part;
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) continue;
    if (std::filesystem::create_directory(path, error)) made_.push_back(path);
    if (!error) continue;
    remove_empty();
    throw_write_error(error.value() == EEXIST ? ENOTDIR : error.value(),
                      "cannot make the folder " + folder.string());
  }
}

NewFolder::~NewFolder() { remove_empty(); }

void NewFolder::remove_empty() const {
  for (auto path = made_.rbegin(); path != made_.rend(); ++path) {
    std::error_code not_empty;
    std::filesystem::remove(*path, not_empty);
  }
}

}  // namespace mmgym
