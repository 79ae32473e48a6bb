#pragma once

#include <filesystem>
#include <string>

namespace mmgym::testing {

/// Returns the path of an entry in data-samples, "2xhe".
inline std::filesystem::path data_sample(const std::string& entry) {
  return std::filesystem::path(MMGYM_SOURCE_DIR) / "data-samples" / (entry + ".cif.gz");
}

}  // namespace mmgym::testing
