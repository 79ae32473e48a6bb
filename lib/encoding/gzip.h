#pragma once

#include <span>
#include <vector>

#include "base/owned_bytes.h"

namespace mmgym {

/// The parts, one after another, as a gzip file: one gzip member with neither name nor time in it,
/// so that equal content gives equal bytes (of one version of libdeflate). Safe to call from many
/// threads.
std::vector<std::byte> gzip(std::span<const OwnedBytes> parts);

/// The content of a gzip file of one member. Throws ShardError where it is damaged.
std::vector<std::byte> gunzip(std::span<const std::byte> file);

}  // namespace mmgym
