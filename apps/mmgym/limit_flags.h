#pragma once

#include "inputs/input_limit_settings.h"
#include "setting_flags.h"

namespace mmgym {

/// Adds the flags of commands that read mmCIF files.
inline void add_limits(CLI::App& app, InputLimits& limits) {
  for (const InputLimitSetting& setting : input_limit_settings())
    add_setting(app, setting, limits)->group("Limits");
}

}  // namespace mmgym
