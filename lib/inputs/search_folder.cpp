#include "inputs/search_folder.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <string>
#include <utility>

#include "base/errors.h"
#include "base/retries.h"
#include "base/stop_signal.h"

namespace mmgym {
namespace {

namespace fs = std::filesystem;

/// What a folder contains, sorted. The folder is closed when this returns, so that deep folders
/// need no more files than flat ones.
std::vector<fs::directory_entry> entries_of(const fs::path& folder) {
  std::vector<fs::directory_entry> entries;
  with_retries([&] {
    entries.clear();
    std::error_code error;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error))
      entries.push_back(*entry);
    if (error) throw_read_error(error.value(), folder, "cannot be searched");
  });
  std::sort(entries.begin(), entries.end());
  return entries;
}

/// Follows links.
struct stat status_of(const fs::path& path) {
  struct stat status {};
  with_retries([&] {
    if (::stat(path.c_str(), &status) != 0) throw_read_error(errno, path, "cannot be followed");
  });
  return status;
}

class Search {
 public:
  Search(const std::function<bool(const std::string&)>& is_wanted, const OnRemark& on_remark)
      : is_wanted_(is_wanted), on_remark_(on_remark) {}

  /// Throws InputError if the folder cannot be read.
  void search(const fs::path& folder) {
    throw_if_stopped();
    const struct stat status = status_of(folder);
    if (!searched_.emplace(status.st_dev, status.st_ino).second) {
      skip(folder, "links to a folder that is searched already");
      return;
    }
    for (const auto& entry : entries_of(folder)) look_at(entry);
  }

  std::vector<fs::path> found;

 private:
  void look_at(const fs::directory_entry& entry) {
    const bool is_named = is_wanted_(entry.path().filename().string());
    std::error_code error;
    // The type comes with the entry: usual files need no further look.
    if (entry.symlink_status(error).type() == fs::file_type::regular) {
      if (is_named) found.push_back(entry.path());
      return;
    }
    try {
      const struct stat status = status_of(entry.path());
      if (S_ISDIR(status.st_mode))
        search(entry.path());
      else if (S_ISREG(status.st_mode) && is_named)
        found.push_back(entry.path());
      else if (is_named)
        skip(entry.path(), "is not a regular file");
    } catch (const InputError& why) {
      if (is_named)
        found.push_back(entry.path());  // the reader finds the same
      else
        skip(entry.path(), why.what());
    }
  }

  void skip(const fs::path& path, const std::string& why) const {
    on_remark_(path.string() + ": " + why + "; skipped");
  }

  const std::function<bool(const std::string&)>& is_wanted_;
  const OnRemark& on_remark_;
  std::set<std::pair<dev_t, ino_t>> searched_;
};

}  // namespace

std::vector<fs::path> search_folder(const fs::path& folder,
                                    const std::function<bool(const std::string&)>& is_wanted,
                                    const OnRemark& on_remark) {
  Search search(is_wanted, on_remark);
  try {
    search.search(folder);
  } catch (const InputError& error) {
    throw InputError(folder.string() + ": " + error.what());
  }
  std::sort(search.found.begin(), search.found.end());
  return std::move(search.found);
}

}  // namespace mmgym
