#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "database/gym_counts.h"
#include "plan/census_plan.h"

namespace mmgym {

struct MergeOptions {
  std::vector<std::filesystem::path> parts;
  /// Choose zones among those of parts that were built with `keep_all`. Without it, all are kept.
  bool choose = false;
  std::filesystem::path database;
  /// As for a build. Lists that the parts were built with must be given again.
  std::vector<std::filesystem::path> clusters;
  std::filesystem::path blacklist;
  /// At most that of the parts, which is the default.
  std::optional<double> max_resolution_A;
  std::function<void(const std::string&)> on_remark = [](const std::string&) {};
  std::function<void(const RejectedRow&)> on_rejected = [](const RejectedRow&) {};
  /// Called with the number of inputs that are done, and of all.
  std::function<void(std::size_t, std::size_t)> on_settled = [](std::size_t, std::size_t) {};
};

/// Merges databases of the same parameters into one: row for row the database that build_database()
/// would have made of all their inputs, in the order of their paths. Only the reasons of rejections
/// can differ. An existing database is replaced when the new one is complete. After an
/// interruption, the same call continues. Memory is a few kB for each input.
///
/// Why this is exact. Structures are ranked by their facts alone, which the parts keep, and have
/// the same order among each other in a part and in the whole. A cluster is accepted in a part only
/// with zones of a structure that could have it in the whole too; so what is accepted before a
/// structure in its part is accepted before it in the whole, and what the part drops, the whole
/// drops. If a cluster is not accepted before a structure in the whole, it is not in the part; then
/// the part has kept the largest group of its candidates, the one that the whole takes, with all
/// its candidates, and other groups of the same cluster at most as they were. The same holds for
/// pairs of clusters, and if the whole has coarser clusters, because one of the largest groups of
/// the clusters that are joined is the largest of all.
///
/// It would not be exact if the whole excluded a structure that its part has zones of, because the
/// part may have dropped zones of others for it. So that is an error, except with `choose`.
///
/// Throws DatabaseError if a part cannot be used, is given twice, has other parameters, or has
/// zones of a structure that is excluded, and the exceptions of GymWriter.
GymCounts merge_databases(const MergeOptions& options);

}  // namespace mmgym
