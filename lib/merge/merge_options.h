#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "database/rows.h"

namespace mmgym {

struct MergeOptions {
  std::vector<std::filesystem::path> parts;
  /// Choose zones among those of parts that were built with `keep_all`. Without it, all are kept.
  bool choose = false;
  std::filesystem::path database;
  /// File of PDB ids to take out, as if they had never been inputs; empty for none.
  std::filesystem::path remove;
  /// As for a build. Lists that the parts were built with must be given again.
  std::vector<std::filesystem::path> clusters;
  std::filesystem::path blacklist;
  /// At most that of the parts, which is the default.
  std::optional<double> max_resolution_A;
  std::function<void(const std::string&)> on_remark = [](const std::string&) {};
  /// Called with what became of the splits of the parts, if they have any.
  std::function<void(const std::string&)> on_split = [](const std::string&) {};
  std::function<void(const RejectedRow&)> on_rejected = [](const RejectedRow&) {};
  /// Called for each structure of which zones may be missing.
  std::function<void(const std::string&)> on_incomplete = [](const std::string&) {};
  /// Called with the number of inputs that are done, and of all.
  std::function<void(std::size_t, std::size_t)> on_settled = [](std::size_t, std::size_t) {};
};

}  // namespace mmgym
