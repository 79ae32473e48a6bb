#include <algorithm>
#include <map>
#include <set>

#include "catch.h"
#include "every_subchain.h"
#include "find_entry.h"
#include "golden.h"
#include "inputs/read_file.h"
#include "structure/read_structure.h"
#include "zones/find_zones.h"

// Compares with the zones of macromol-gym in tests/golden/zones (its README describes the format),
// for each entry whose input file is in data-samples or in the folder MMGYM_PDB_DIR.

namespace {

using Eigen::Vector3d;
using nlohmann::json;

std::string input_text(const json& expected) {
  const auto file = mmgym::testing::find_entry(expected["pdb_id"].get<std::string>(),
                                               expected["input_md5"].get<std::string>());
  return file ? mmgym::read_file(*file) : std::string();
}

Vector3d vector_of(const json& numbers) {
  return Vector3d(numbers[0].get<double>(), numbers[1].get<double>(), numbers[2].get<double>());
}

std::set<json> copies_of(const mmgym::Structure& structure, const mmgym::Zone& zone) {
  std::set<json> copies;
  for (const auto& copy : zone.subchains)
    copies.insert(json::array({structure.subchains[copy.subchain].id, copy.mate}));
  return copies;
}

std::set<json> pairs_of(const mmgym::Structure& structure, const mmgym::Zone& zone) {
  std::set<json> pairs;
  for (const auto& [a, b] : zone.pairs)
    pairs.insert(json::array(
        {structure.subchains[a.subchain].id, a.mate, structure.subchains[b.subchain].id, b.mate}));
  return pairs;
}

void compare(const json& expected, const std::string& text) {
  const auto structure = mmgym::read_structure(text, "x");
  const auto& recipe = structure.assemblies.at(0);
  const auto assembly = mmgym::build_assembly(structure, recipe);
  CHECK(structure.model_id == expected["model"].get<std::string>());
  CHECK(assembly.pdb_id == expected["assembly"].get<std::string>());
  CHECK(recipe.mates.size() == expected["operators"]);
  REQUIRE(assembly.atom_count() == expected["atoms"]);

  const auto subchains = mmgym::testing::every_subchain(structure);
  mmgym::ZoneParameters parameters;
  const auto offsets = mmgym::neighbor_offsets_A(parameters);
  if (!expected["rejected"].empty()) {
    const auto all = mmgym::find_zones(assembly, subchains, parameters, offsets);
    parameters.allowed_elements = mmgym::reference_elements();
    const auto refused = mmgym::find_zones(assembly, subchains, parameters, offsets);
    CHECK(refused.zones.empty());
    CHECK(refused.zones_lost == all.zones.size());
    // The elements are the reason only if nothing else is.
    for (const std::string element : expected["elements_not_allowed"])
      if (!all.zones.empty()) CHECK_THAT(refused.reason, mmgym::testing::contains(element));
    if (all.zones.empty()) CHECK(refused.reason == all.reason);
  }
  parameters.allowed_elements =
      expected["parameters"]["allowed_elements"].get<std::vector<std::string>>();
  const auto search = mmgym::find_zones(assembly, subchains, parameters, offsets);
  // The reference stores its sphere in single precision, so densities differ by up to 1e-5.
  CHECK(search.max_density_atoms_nm3 ==
        Approx(expected["max_density"].get<double>()).epsilon(0).margin(1e-5));

  // If two principal axes are equivalent, rounding decides the reference's axes and zones. Only the
  // density can be compared.
  if (!expected["axes_distinct"].get<bool>()) return;

  CHECK(search.points_tested == expected["points_tested"]);
  CHECK(search.points_dense == expected["points_dense"]);
  REQUIRE(search.zones.size() == expected["zones_kept"]);
  // The signs of axes are chosen as in the reference, so the order of zones agrees too.
  std::size_t i = 0;
  for (const auto& zone : expected["zones"]) {
    if (zone.contains("dropped")) continue;
    const auto& ours = search.zones[i++];
    CAPTURE(zone["grid_index"].get<int>());
    CHECK((ours.center_A - vector_of(zone["center_A"])).norm() < 1e-5);
    CHECK(ours.density_atoms_nm3 == Approx(zone["density"].get<double>()).epsilon(0).margin(1e-5));
    CHECK(ours.neighbors == zone["neighbors"].get<std::vector<int>>());
    CHECK(copies_of(structure, ours) ==
          std::set<json>(zone["subchains"].begin(), zone["subchains"].end()));
    CHECK(pairs_of(structure, ours) == std::set<json>(zone["pairs"].begin(), zone["pairs"].end()));
  }
}

}  // namespace

TEST_CASE("Zones agree with the reference on every available entry") {
  int compared = 0;
  const auto folder = mmgym::testing::golden_dir() / "zones";
  if (!std::filesystem::exists(folder) && !mmgym::testing::golden_is_complete()) return;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const auto expected = json::parse(std::ifstream(entry.path()));
    const std::string text = input_text(expected);
    if (text.empty()) continue;
    const std::string pdb_id = expected["pdb_id"];
    CAPTURE(pdb_id);
    compare(expected, text);
    ++compared;
  }
  CHECK((compared >= 10 || !mmgym::testing::golden_is_complete()));
}
