#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace mmgym {

/// Flags that every command takes.
struct CommonOptions {
  int threads = 0;          // 0: not given; apply() sets the default
  int default_threads = 0;  // 0: all cores. Commands set it before setup()
  bool quiet = false;
  std::string log_level = "warn";
  std::string progress = "auto";

  void setup(CLI::App& app);
  /// Applies the flags. Call it after parsing.
  void apply();

  /// Prints a line to standard error, unless --quiet or --log-level asks for less.
  void note(const std::string& text) const;
};

}  // namespace mmgym
