#pragma once

#include <CLI/CLI.hpp>

#include "sampling/sample_settings.h"

namespace mmgym {

/// Flags for the content of samples, in the group "Images".
class SampleOptions {
 public:
  /// Adds the flags of all settings except those of SettingKind::members, which only `sample` uses.
  void setup(CLI::App& app);

  /// Adds the flag of one setting.
  CLI::Option* add(CLI::App& app, const SampleSetting& setting);

  /// The settings from the flags, after parsing.
  const SampleRequest& request() const { return request_; }

 private:
  SampleRequest request_;
};

}  // namespace mmgym
