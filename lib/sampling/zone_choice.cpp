#include "sampling/zone_choice.h"

#include <algorithm>
#include <stdexcept>

namespace mmgym {

std::vector<std::int64_t> choose_zones(GymReader& reader, const std::string& split) {
  const std::string path = reader.connection().path().string();
  if (!split.empty()) {
    const auto splits = reader.splits();
    if (std::find(splits.begin(), splits.end(), split) == splits.end()) {
      std::string known;
      for (const auto& name : splits) known += (known.empty() ? "" : ", ") + name;
      throw std::invalid_argument(path + ": there is no split '" + split + "'; there " +
                                  (known.empty() ? "are none" : "is " + known));
    }
  }
  auto zones = split.empty() ? reader.zone_ids() : reader.zone_ids(split);
  if (zones.empty())
    throw DatabaseError(path + ": there are no zones" +
                        (split.empty() ? "" : " in split '" + split + "'"));
  return zones;
}

}  // namespace mmgym
