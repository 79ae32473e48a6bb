#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>

namespace mmgym {

/// The path that stands for standard output.
inline constexpr const char* kStandardOutput = "-";

/// Checks output paths, for all commands that write files.
class OutputFiles {
 public:
  /// Adds --force.
  void setup(CLI::App& app);

  /// Checks an output file; call it before the work. Throws DataError if the file exists and
  /// --force was not given, or if the path cannot be replaced (a folder, a device); UsageError if
  /// the folder of the file does not exist; WriteError if the machine fails.
  void check(const std::filesystem::path& path) const;

 private:
  bool force_ = false;
};

}  // namespace mmgym
