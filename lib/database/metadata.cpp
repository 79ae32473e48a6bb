#include "database/metadata.h"

#include <fmt/format.h>

namespace mmgym {

Metadata read_metadata(Connection& connection) {
  Statement rows(connection, "SELECT key, value FROM metadata");
  Metadata metadata;
  for (bool row = rows.first_row(); row; row = rows.next_row())
    metadata.emplace(rows.text(0), rows.text(1));
  return metadata;
}

std::string metadata_differences(const Metadata& there, const Metadata& here,
                                 const std::set<std::string>& ignored_keys,
                                 const std::string& here_name) {
  std::set<std::string> keys;
  for (const auto* metadata : {&there, &here})
    for (const auto& [key, value] : *metadata)
      if (!ignored_keys.contains(key)) keys.insert(key);
  const auto value_of = [](const Metadata& metadata, const std::string& key) {
    const auto found = metadata.find(key);
    return found == metadata.end() ? "not set" : found->second;
  };
  std::string differences;
  for (const auto& key : keys) {
    const std::string old_value = value_of(there, key);
    const std::string new_value = value_of(here, key);
    if (old_value != new_value)
      differences += fmt::format("{}{} is {} there, {} {}", differences.empty() ? "" : "; ", key,
                                 old_value, new_value, here_name);
  }
  return differences;
}

}  // namespace mmgym
