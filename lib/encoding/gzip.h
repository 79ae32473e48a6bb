#pragma once

#include <span>
#include <vector>

#include "base/owned_bytes.h"

namespace mmgym {

/// The concatenated parts as a gzip file: one gzip member without name and time, so that equal
/// content gives equal bytes (with one version of libdeflate). Thread-safe.
std::vector<std::byte> gzip(std::span<const OwnedBytes> parts);

/// The content of a gzip file of one member. Throws ShardError if it is damaged.
std::vector<std::byte> gunzip(std::span<const std::byte> file);

}  // namespace mmgym
