#include "voxel/channel_names.h"

#include <algorithm>

namespace mmgym {

std::vector<std::string> channel_names(std::string_view groups, bool ligand_channel) {
  std::vector<std::string> names;
  for (;;) {
    const auto end = std::min(groups.find('|'), groups.size());
    std::string name(groups.substr(0, end));
    std::erase(name, ' ');
    names.push_back(name);
    if (end == groups.size()) break;
    groups.remove_prefix(end + 1);
  }
  if (ligand_channel) names.emplace_back("ligand");
  return names;
}

}  // namespace mmgym
