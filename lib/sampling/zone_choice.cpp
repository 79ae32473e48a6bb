#include "sampling/zone_choice.h"

#include <algorithm>

#include "base/errors.h"
#include "database/split_tables.h"

namespace mmgym {

std::string resolve_split(GymReader& reader, const std::string& split) {
  const auto splits = reader.splits();
  if (std::find(splits.begin(), splits.end(), split) != splits.end()) return split;
  if (split == kAllZones || (split.empty() && splits.empty())) return "";
  const std::string path = reader.connection().path().string();
  std::string choices;
  for (const auto& name : splits) choices += name + ", ";
  if (std::find(splits.begin(), splits.end(), kAllZones) == splits.end())
    choices += "or " + std::string(kAllZones) + " for every zone";
  else
    choices.erase(choices.size() - 2);
  if (split.empty())
    throw UsageError(path + ": this database has splits; choose one with --split: " + choices);
  throw UsageError(path + ": there is no split '" + split + "'; " +
                   (splits.empty() ? "make splits with 'mmgym split'" : "choose from " + choices));
}

std::vector<std::int64_t> choose_zones(GymReader& reader, const std::string& split,
                                       std::optional<double> max_difficulty) {
  const std::string path = reader.connection().path().string();
  const std::string name = resolve_split(reader, split);
  auto zones = name.empty() ? reader.zone_ids() : reader.zone_ids(name);
  if (zones.empty())
    throw DatabaseError(
        path + ": there are no zones" +
        (name.empty() ? "; 'mmgym info " + path + "' reports why" : " in split '" + name + "'"));
  if (max_difficulty) {
    const auto easy = reader.zone_ids_easier_than(*max_difficulty);
    std::vector<std::int64_t> both;
    std::set_intersection(zones.begin(), zones.end(), easy.begin(), easy.end(),
                          std::back_inserter(both));
    if (both.empty())
      throw DatabaseError(path +
                          ": no zone of the curriculum is below --max-difficulty; raise it " +
                          "or load a curriculum with 'mmgym curriculum'");
    return both;
  }
  return zones;
}

}  // namespace mmgym
