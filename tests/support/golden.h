#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mmgym::testing {

/// Returns the folder of reference numbers: MMGYM_GOLDEN_DIR, by default tests/golden.
inline std::filesystem::path golden_dir() {
  const char* dir = std::getenv("MMGYM_GOLDEN_DIR");
  return dir != nullptr ? std::filesystem::path(dir)
                        : std::filesystem::path(MMGYM_SOURCE_DIR) / "tests" / "golden";
}

/// Whether the golden folder must contain cases of every kind. A folder set by the user need not.
inline bool golden_is_complete() { return std::getenv("MMGYM_GOLDEN_DIR") == nullptr; }

/// Returns the cases with a given top-level key in all JSON files of the golden folder: frames have
/// "task", voxel cases have "grid". File names do not matter, so users can add files.
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
