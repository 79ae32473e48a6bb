#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "temporary_folder.h"

// A fuzz target calls the code under test in LLVMFuzzerTestOneInput(bytes, size). Errors that the
// code documents are caught there; any other exception, a crash, or a finding of a sanitizer stops
// the fuzzer.

namespace mmgym::fuzz {

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

/// Stops the fuzzer if a law does not hold.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

/// A folder for this process.
inline const std::filesystem::path& folder() {
  static const testing::TemporaryFolder temporary;
  return temporary.path();
}

/// Writes a file for code that reads files, and returns its path.
inline std::filesystem::path file_of(std::string_view content, const char* name = "input") {
  const std::filesystem::path path = folder() / name;
  std::ofstream(path, std::ios::binary)
      .write(content.data(), static_cast<std::streamsize>(content.size()));
  return path;
}

}  // namespace mmgym::fuzz
