#pragma once

#include <CLI/CLI.hpp>

#include "sampling/sample_settings.h"

namespace mmgym {

/// Flags that say what a sample looks like, in the group "Images".
class SampleOptions {
 public:
  /// Adds the flags of all settings but those of members, which only `sample` writes.
  void setup(CLI::App& app);

  /// Adds the flag of one setting.
  CLI::Option* add(CLI::App& app, const SampleSetting& setting);

  /// What the flags ask for, after parsing.
  const SampleRequest& request() const { return request_; }

 private:
  SampleRequest request_;
};

}  // namespace mmgym
