#include "plan/polymer_contents.h"

#include "plan/census_entry.h"

namespace mmgym {

std::vector<std::pair<std::string, std::string>> polymer_contents(Connection& connection) {
  std::vector<std::pair<std::string, std::string>> contents;
  Statement rows(connection,
                 "SELECT pdb_id, census FROM structure JOIN input ON input.id = input_id "
                 "ORDER BY structure.id");
  for (bool row = rows.first_row(); row; row = rows.next_row()) {
    CensusEntry entry;
    read_census_text(rows.text(1), entry);
    for (const auto& entity : entry.entities)
      if (!entity.polymer_type.empty() && !entity.content.empty())
        contents.emplace_back(rows.name(0), entity.content);
  }
  return contents;
}

}  // namespace mmgym
