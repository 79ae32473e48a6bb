#pragma once

#include <CLI/CLI.hpp>
#include <vector>

namespace mmgym {

/// Reads the files of --config for CLI11, which by itself ignores keys that it does not know. Here
/// a key that is not a flag of the command is an error that names the file and the key.
class ConfigFile : public CLI::ConfigTOML {
 public:
  explicit ConfigFile(const CLI::App& app) : app_(app) {}

  /// Throws UsageError.
  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override;

 private:
  const CLI::App& app_;
};

}  // namespace mmgym
