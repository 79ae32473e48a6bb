// An mmCIF text on its whole way to the rows of the database: facts, structure, assemblies, zones,
// tiles.

#include <algorithm>
#include <numeric>

#include "base/errors.h"
#include "build/gym_rows.h"
#include "fuzz_input.h"
#include "structure/facts.h"
#include "structure/read_structure.h"
#include "zones/find_zones.h"

using namespace mmgym;

namespace {

// Zones as small as the entries of the corpus.
ZoneParameters parameters() {
  ZoneParameters parameters;
  parameters.density_check_radius_A = 4;
  parameters.density_check_min_atoms_nm3 = 1;
  parameters.density_check_max_atoms_nm3 = 1000;
  parameters.subchain_check_fraction_of_zone = 0.1;
  parameters.subchain_check_fraction_of_subchain = 0.1;
  parameters.neighbor_count_threshold = 0;
  parameters.allowed_elements = {};
  return parameters;
}

// More atoms only take longer.
constexpr std::size_t kMostAtoms = 2000;

void find_rows(const Structure& structure, const AssemblyRecipe& recipe) {
  std::size_t atoms = 0;
  for (const auto& mate : recipe.mates) atoms += mate.subchains->size() * structure.atoms.size();
  if (atoms > kMostAtoms) return;
  static const ZoneParameters zone_parameters = parameters();
  try {
    const Assembly assembly = build_assembly(structure, recipe);
    std::vector<std::uint32_t> subchains(structure.subchains.size());
    std::iota(subchains.begin(), subchains.end(), 0U);
    const ZoneSearch search = find_zones(assembly, subchains, zone_parameters, {});
    for (const Zone& zone : search.zones) fuzz::require(zone.center_A.allFinite());
    const AssemblyRows rows = assembly_rows(assembly, search.zones, zone_parameters, {});
    fuzz::require(rows.zones.size() == search.zones.size());
  } catch (const InputError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(fuzz::text_of(bytes, size));
  StructureFacts facts;
  bool has_facts = false;
  try {
    facts = read_facts(text, "1abc.cif");
    has_facts = true;
  } catch (const InputError&) {
  }
  for (std::size_t n = 0; n < std::min<std::size_t>(facts.models.size(), 3); ++n) {
    try {
      const Structure structure = read_structure(text, "1abc.cif", facts.models[n].id);
      // Both readings say the same.
      fuzz::require(structure.subchains.size() == facts.models[n].subchains.size());
      fuzz::require(static_cast<std::ptrdiff_t>(structure.assemblies.size()) ==
                    std::count_if(facts.assemblies.begin(), facts.assemblies.end(),
                                  [](const auto& assembly) { return assembly.refusal.empty(); }));
      for (std::size_t i = 0; i < std::min<std::size_t>(structure.assemblies.size(), 3); ++i)
        find_rows(structure, structure.assemblies[i]);
    } catch (const InputError&) {
    }
  }
  if (!has_facts) {
    try {
      read_structure(text, "1abc.cif");
    } catch (const InputError&) {
    }
  }
  return 0;
}
