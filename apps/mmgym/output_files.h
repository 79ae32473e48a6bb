#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>

namespace mmgym {

/// What all commands that write files do about files that exist.
class OutputFiles {
 public:
  /// Adds --force.
  void setup(CLI::App& app);

  /// To be called before the work, for each file that will be written. Throws DataError if the file
  /// exists and --force was not given, or if it is not a file that can be replaced (a folder, a
  /// device); UsageError if there is no folder for it.
  void check(const std::filesystem::path& path) const;

 private:
  bool force_ = false;
};

}  // namespace mmgym
