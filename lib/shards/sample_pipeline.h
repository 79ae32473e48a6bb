#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "encoding/sample_record.h"

namespace mmgym {

/// Calls make(position) for each position from `first` to `last` - 1, on all threads that TBB has,
/// and write(record) with what comes of it, one after another in order. At most `in_flight` records
/// exist at any time. An exception in either ends both and comes out here.
void run_pipeline(std::uint64_t first, std::uint64_t last, std::size_t in_flight,
                  const std::function<SampleRecord(std::uint64_t)>& make,
                  const std::function<void(const SampleRecord&)>& write);

}  // namespace mmgym
