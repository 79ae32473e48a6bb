#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mmgym::testing {

/// The folder of reference numbers: MMGYM_GOLDEN_DIR, or tests/golden.
inline std::filesystem::path golden_dir() {
  const char* dir = std::getenv("MMGYM_GOLDEN_DIR");
  return dir != nullptr ? std::filesystem::path(dir)
                        : std::filesystem::path(MMGYM_SOURCE_DIR) / "tests" / "golden";
}

/// Whether the golden folder has to hold cases of every kind: ours does, one of the user's need
/// not.
inline bool golden_is_complete() { return std::getenv("MMGYM_GOLDEN_DIR") == nullptr; }

/// Every case in the golden folder's JSON files that has the given key at its top level: frames
/// have "task", voxel cases have "grid". So other files, however named, can be put to the same
/// tests.
inline std::vector<nlohmann::json> golden_cases(const std::string& key) {
  std::vector<nlohmann::json> cases;
  for (const auto& entry : std::filesystem::directory_iterator(golden_dir())) {
    if (entry.path().extension() != ".json") continue;
    const auto content = nlohmann::json::parse(std::ifstream(entry.path()));
    if (!content.is_array()) continue;
    for (const auto& item : content)
      if (item.is_object() && item.contains(key)) cases.push_back(item);
  }
  return cases;
}

}  // namespace mmgym::testing
