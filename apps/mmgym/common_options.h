#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace mmgym {

/// Flags that every command takes.
struct CommonOptions {
  int threads = 0;  // 0 on the command line means all cores; apply() puts in their number
  bool quiet = false;
  std::string log_level = "warn";
  std::string progress = "auto";

  void setup(CLI::App& app);
  /// Puts the flags into effect, after parsing.
  void apply();
};

}  // namespace mmgym
