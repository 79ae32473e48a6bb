#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "check/check_tiles.h"

namespace mmgym {

/// Everything that a check found.
struct CheckResult {
  std::size_t problems = 0;
  std::vector<std::string> lines;  // the problems; of many of a kind, the first
  TileCounts read;
  std::int64_t assemblies = 0;
  std::int64_t zones = 0;
};

/// Reads and checks everything in a database: pages, values, references, metadata, ranks, and all
/// atoms. Calls on_progress(tiles done, all tiles). Throws what open_gym() throws.
CheckResult check_gym(const std::filesystem::path& path,
                      const std::function<void(std::uint64_t, std::uint64_t)>& on_progress);

}  // namespace mmgym
