#pragma once

#include <span>

#include "inputs/input_limits.h"
#include "settings/setting.h"

namespace mmgym {

using InputLimitSetting = Setting<InputLimits, int>;

/// Returns all limits. Flags, checks and metadata come from this table.
std::span<const InputLimitSetting> input_limit_settings();

/// Throws UsageError, which names the flag, if a limit is invalid.
void check(const InputLimits& limits);

}  // namespace mmgym
