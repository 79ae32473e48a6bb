#include "base/lock_holder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "base/text.h"

namespace mmgym {

std::string lock_holder(const std::filesystem::path& path) {
  // The kernel is asked, and the file is not opened: closing it would release locks of this
  // process.
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    std::ifstream locks("/proc/locks");
    for (std::string line; std::getline(locks, line);) {
      // "1: POSIX  ADVISORY  WRITE 123 08:01:456 0 EOF": process 123, inode 456. A line of a
      // process that waits has "->" after the number. The device has other numbers on some file
      // systems.
      const auto words = words_of(line);
      if (words.size() < 6 || words[1] == "->") continue;
      const std::string_view place = words[5];
      std::uint64_t inode = 0;
      int process = 0;
      if (parse_number(place.substr(place.rfind(':') + 1), inode) && inode == status.st_ino &&
          parse_number(words[4], process) && process > 0 && process != ::getpid())
        return "another mmgym (process " + std::to_string(process) + ")";
    }
  }
  return "another process";
}

}  // namespace mmgym
