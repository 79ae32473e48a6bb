#include "config_file.h"

#include "base/errors.h"

namespace mmgym {

std::vector<CLI::ConfigItem> ConfigFile::from_config(std::istream& input) const {
  auto found = CLI::ConfigTOML::from_config(input);
  for (const CLI::ConfigItem& item : found) {
    const bool is_flag =
        item.parents.empty() && (app_.get_option_no_throw("--" + item.name) != nullptr ||
                                 app_.get_option_no_throw(item.name) != nullptr);
    if (is_flag) continue;
    const std::string file = app_.get_config_ptr()->as<std::string>();
    if (item.name == "++")
      throw UsageError(file + ": section [" + CLI::detail::join(item.parents, ".") +
                       "] is not allowed; write flags without sections");
    throw UsageError(file + ": unknown flag '" + item.fullname() + "'; '" + app_.get_name() +
                     " --help' lists all flags");
  }
  return found;
}

}  // namespace mmgym
