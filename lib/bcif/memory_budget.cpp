#include "bcif/memory_budget.h"

#include "base/text.h"
#include "bcif/binary_cif_error.h"

namespace mmgym {

void MemoryBudget::take(std::uint64_t bytes) {
  if (bytes > most_ - used_)
    throw BinaryCifLimit("the BinaryCIF data needs more than " + bytes_text(most_) +
                         " of memory at a time");
  used_ += bytes;
}

}  // namespace mmgym
