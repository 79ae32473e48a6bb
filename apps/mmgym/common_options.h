#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace mmgym {

/// Flags that every command takes.
struct CommonOptions {
  int threads = 0;          // 0 on the command line means the default; apply() puts it in
  int default_threads = 0;  // 0: all cores. A command may set it before setup()
  bool quiet = false;
  std::string log_level = "warn";
  std::string progress = "auto";

  void setup(CLI::App& app);
  /// Puts the flags into effect, after parsing.
  void apply();
};

}  // namespace mmgym
