#pragma once

#include <filesystem>

#include "database/gym_writer.h"
#include "temporary_folder.h"

namespace mmgym::testing {

/// Writes a database of one structure, 1abc, with one zone, and returns its path.
inline std::filesystem::path write_small_gym(const TemporaryFolder& folder) {
  const auto path = folder.path() / "gym.sqlite";
  GymWriter writer(path, {{"zone_size_A", "10"}});
  writer.begin({{"1abc.cif", 1}}, {{30, 0, 0}});
  writer.write({{{"1abc", "1", {AssemblyRows{"1", 7, {{{1, 2, 3}, {0}, {}, {}}}, {}}}}}, {}});
  writer.finish();
  return path;
}

}  // namespace mmgym::testing
