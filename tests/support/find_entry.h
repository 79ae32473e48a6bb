#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/md5.h"
#include "inputs/read_file.h"

namespace mmgym::testing {

/// Finds the file of an entry in data-samples or in the folder MMGYM_PDB_DIR (an environment
/// variable). Returns nothing if the file is missing or its text has another MD5 sum.
inline std::optional<std::filesystem::path> find_entry(const std::string& pdb_id,
                                                       const std::string& md5) {
  std::vector<std::filesystem::path> folders = {std::filesystem::path(MMGYM_SOURCE_DIR) /
                                                "data-samples"};
  if (const char* more = std::getenv("MMGYM_PDB_DIR")) folders.emplace_back(more);
  for (const auto& folder : folders) {
    const auto path = folder / (pdb_id + ".cif.gz");
    if (!std::filesystem::exists(path)) continue;
    const std::string text = read_file(path);
    Md5 sum;
    sum.update(std::as_bytes(std::span(text)));
    if (sum.hex() == md5) return path;
  }
  return std::nullopt;
}

}  // namespace mmgym::testing
