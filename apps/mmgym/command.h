#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "common_options.h"

namespace mmgym {

/// A subcommand. setup() declares its flags; run() does the work after they are parsed.
class Command {
 public:
  virtual ~Command() = default;

  virtual std::string name() const = 0;
  virtual std::string description() const = 0;
  virtual void setup(CLI::App& app) = 0;

  /// Prints results to standard output and everything else to standard error. Throws
  /// UsageError for wrong usage and other exceptions for failures. Their text contains the
  /// problem, its place, and what to do.
  virtual void run() = 0;

  CommonOptions common;
};

}  // namespace mmgym
