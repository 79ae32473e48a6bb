#pragma once

#include <functional>

#include "base/errors.h"

namespace mmgym {

/// Calls attempt(). If the machine fails (MachineError), waits and calls it again, a few times in
/// less than a second: other threads close their files, and network file systems recover. Throws
/// the last error.
void with_retries(const std::function<void()>& attempt);

}  // namespace mmgym
