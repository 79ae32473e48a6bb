#pragma once

#include <cstddef>

namespace mmgym {

/// The bytes of memory that this program may use: those of the machine, or of the control group
/// that a container or batch system has put it into. It is measured once.
std::size_t machine_memory();

}  // namespace mmgym
