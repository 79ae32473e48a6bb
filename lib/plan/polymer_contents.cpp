#include "plan/polymer_contents.h"

#include "database/stored_inputs.h"
#include "plan/census_entry.h"

namespace mmgym {

std::vector<std::pair<std::string, std::string>> polymer_contents(Connection& connection) {
  std::vector<std::pair<std::string, std::string>> contents;
  for_each_census(connection, [&](const std::string& pdb_id, std::string_view census) {
    CensusEntry entry;
    read_census_text(census, entry);
    for (const auto& entity : entry.entities)
      if (!entity.polymer_type.empty() && !entity.content.empty())
        contents.emplace_back(pdb_id, entity.content);
  });
  return contents;
}

}  // namespace mmgym
