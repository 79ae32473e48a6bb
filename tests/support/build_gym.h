#pragma once

#include <filesystem>
#include <initializer_list>

#include "build/build_database.h"
#include "data_sample.h"
#include "temporary_folder.h"

namespace mmgym::testing {

/// Builds a database of entries in data-samples at the defaults, and returns its path.
inline std::filesystem::path build_gym(const TemporaryFolder& folder,
                                       std::initializer_list<const char*> entries) {
  BuildOptions options;
  options.database = folder.path() / "gym.sqlite";
  for (const char* entry : entries) options.files.push_back(data_sample(entry));
  build_database(options);
  return options.database;
}

}  // namespace mmgym::testing
