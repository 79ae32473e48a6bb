#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "build/build_database.h"
#include "catch.h"
#include "database/gym_reader.h"
#include "find_entry.h"
#include "golden.h"
#include "inputs/read_file.h"
#include "temporary_folder.h"

// Runs build-db on the scenarios in tests/golden/census (format: see its README) and compares with
// the zones that macromol-census and macromol-gym accept. Skips scenarios whose files are not all
// in data-samples or MMGYM_PDB_DIR.

using namespace mmgym;
using nlohmann::json;

namespace {

ZoneParameters zone_parameters(const json& j) {
  ZoneParameters p;
  p.zone_size_A = j["zone_size_A"];
  p.density_check_radius_A = j["density_check_radius_A"];
  p.density_check_voxel_size_A = j["density_check_voxel_size_A"];
  p.density_check_min_atoms_nm3 = j["density_check_min_atoms_nm3"];
  p.density_check_max_atoms_nm3 = j["density_check_max_atoms_nm3"];
  p.neighbor_geometry = j["neighbor_geometry"];
  p.neighbor_distance_A = j["neighbor_distance_A"];
  p.neighbor_count_threshold = j["neighbor_count_threshold"];
  p.allowed_elements = j["allowed_elements"].get<std::vector<std::string>>();
  p.nonbiological_residues = j["nonbiological_residues"].get<std::vector<std::string>>();
  return p;
}

std::string lines_of(const json& lists, const char* between) {
  std::string text;
  for (const auto& list : lists) {
    std::string line;
    for (const auto& item : list.is_array() ? list : json::array({list}))
      line += (line.empty() ? "" : between) + item.get<std::string>();
    text += line + "\n";
  }
  return text;
}

/// Centers of zones by names like "1ypi assembly 1 model 1".
using Chosen = std::map<std::string, std::vector<Eigen::Vector3d>>;

Chosen chosen_in(const std::filesystem::path& database) {
  Chosen chosen;
  GymReader reader(database);
  for (const auto id : reader.zone_ids()) {
    const auto zone = reader.zone(id);
    chosen[fmt::format("{} assembly {} model {}", zone.structure_pdb_id, zone.assembly_pdb_id,
                       zone.model_id)]
        .push_back(zone.center_A);
  }
  return chosen;
}

/// False for structures with equal principal axes, for which other axes and centers are valid, too.
bool has_fixed_axes(const std::string& name) {
  return !name.starts_with("4ous") && !name.starts_with("1fav") && !name.starts_with("3jqh");
}

void check_scenario(const json& expected, const std::vector<std::filesystem::path>& files) {
  const testing::TemporaryFolder folder;
  const json& scenario = expected["scenario"];
  BuildOptions options;
  options.files.assign(files.begin(), files.end());
  options.threads = 2;
  options.database = folder.path() / "gym.sqlite";
  options.parameters = zone_parameters(scenario["parameters"]);
  if (scenario.contains("nonspecific"))
    options.parameters.nonspecific_residues =
        scenario["nonspecific"].get<std::vector<std::string>>();
  if (scenario.contains("clusters"))
    options.census.clusters = {folder.write("clusters.txt", lines_of(scenario["clusters"], " "))};
  if (scenario.contains("blacklist"))
    options.census.blacklist = folder.write("blacklist", lines_of(scenario["blacklist"], ""));
  const BuildResult result = build_database(options);
  CHECK(result.expanded <= expected["expanded"].size());

  Chosen chosen = chosen_in(options.database);
  for (const auto& [pdb_id, structure] : expected["zones"].items())
    for (const auto& [assembly, centers] : structure["assemblies"].items()) {
      const std::string name = fmt::format("{} assembly {} model {}", pdb_id, assembly,
                                           structure["model"].get<std::string>());
      CAPTURE(name);
      const auto found = chosen.find(name);
      REQUIRE(found != chosen.end());
      if (has_fixed_axes(name)) {
        REQUIRE(found->second.size() == centers.size());
        for (std::size_t i = 0; i < centers.size(); ++i)
          for (int axis = 0; axis < 3; ++axis)
            CHECK(std::abs(found->second[i][axis] -
                           centers[i][static_cast<std::size_t>(axis)].get<double>()) < 0.002);
      }
      chosen.erase(found);
    }
  for (const auto& [name, centers] : chosen) FAIL(name << " is not chosen by the reference");
}

}  // namespace

TEST_CASE("The chosen zones agree with the reference") {
  const auto folder = std::filesystem::path(MMGYM_SOURCE_DIR) / "tests" / "golden" / "census";
  std::size_t compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("choice_")) continue;
    CAPTURE(name);
    const json expected = json::parse(std::ifstream(entry.path()));
    std::vector<std::filesystem::path> files;
    for (const auto& [pdb_id, md5] : expected["input_md5"].items())
      if (const auto file = testing::find_entry(pdb_id, md5)) files.push_back(*file);
    if (files.size() != expected["input_md5"].size()) continue;
    ++compared;
    check_scenario(expected, files);
  }
  CHECK(compared >= 2);
}
