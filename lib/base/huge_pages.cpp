#include "base/huge_pages.h"

#include <sys/mman.h>

#include <memory>

namespace mmgym {

void advise_huge_pages(void* data, std::size_t bytes) {
  void* first = data;
  if (std::align(kHugePage, kHugePage, first, bytes) != nullptr)
    ::madvise(first, bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
}

}  // namespace mmgym
