#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/owned_bytes.h"

namespace mmgym {

/// The concatenated parts as a gzip file: one gzip member without name and time, so that equal
/// content gives equal bytes (with one version of libdeflate). Thread-safe.
std::vector<std::byte> gzip(std::span<const OwnedBytes> parts);

/// The content of a gzip file of one member, up to `most` bytes. Throws ShardError if it is
/// damaged, and if the content is larger, before it takes memory for it.
std::vector<std::byte> gunzip(std::span<const std::byte> file, std::uint64_t most);

}  // namespace mmgym
