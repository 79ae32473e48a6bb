#pragma once

#include <cstddef>

namespace mmgym {

/// The bytes of memory that this program may use: the memory of the machine, or the limit of its
/// control group (set by a container or batch system). Measured once.
std::size_t machine_memory();

}  // namespace mmgym
