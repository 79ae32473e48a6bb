#include "sampling/zone_choice.h"

#include <algorithm>

#include "base/errors.h"

namespace mmgym {

std::vector<std::int64_t> choose_zones(GymReader& reader, const std::string& split,
                                       std::optional<double> max_difficulty) {
  const std::string path = reader.connection().path().string();
  if (!split.empty()) {
    const auto splits = reader.splits();
    if (std::find(splits.begin(), splits.end(), split) == splits.end()) {
      std::string known;
      for (const auto& name : splits) known += (known.empty() ? "" : ", ") + name;
      throw UsageError(path + ": there is no split '" + split + "'; " +
                       (known.empty() ? "make splits with 'mmgym split'" : "choose from " + known));
    }
  }
  auto zones = split.empty() ? reader.zone_ids() : reader.zone_ids(split);
  if (zones.empty())
    throw DatabaseError(
        path + ": there are no zones" +
        (split.empty() ? "; 'mmgym info " + path + "' reports why" : " in split '" + split + "'"));
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
