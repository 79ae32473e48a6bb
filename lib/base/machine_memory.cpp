#include "base/machine_memory.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace mmgym {
namespace {

std::size_t measure() {
  const auto pages = ::sysconf(_SC_PHYS_PAGES);
  const auto page_size = ::sysconf(_SC_PAGE_SIZE);
  std::size_t bytes = pages > 0 && page_size > 0
                          ? static_cast<std::size_t>(pages) * static_cast<std::size_t>(page_size)
                          : 0;
  // Control groups of version 2 and 1. Without a limit, the file is missing or contains "max".
  for (const char* path :
       {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    std::ifstream file(path);
    if (std::size_t limit = 0; file >> limit) bytes = std::min(bytes, limit);
  }
  return bytes;
}

}  // namespace

std::size_t machine_memory() {
  static const std::size_t kBytes = measure();
  return kBytes;
}

}  // namespace mmgym
