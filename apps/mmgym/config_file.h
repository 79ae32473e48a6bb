#pragma once

#include <CLI/CLI.hpp>
#include <vector>

namespace mmgym {

/// Reads the files of --config. CLI11 alone ignores unknown keys; here they are errors that name
/// the file and the key.
class ConfigFile : public CLI::ConfigTOML {
 public:
  explicit ConfigFile(const CLI::App& app) : app_(app) {}

  /// Throws UsageError for a section, or for a key that is not a flag of the command.
  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override;

 private:
  const CLI::App& app_;
};

}  // namespace mmgym
