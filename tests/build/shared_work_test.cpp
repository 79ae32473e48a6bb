#include <optional>

#include "base/ordered_work.h"
#include "build/gym_rows.h"
#include "catch.h"
#include "data_sample.h"
#include "every_subchain.h"
#include "inputs/read_file.h"
#include "structure/read_structure.h"
#include "zones/find_zones.h"

using namespace mmgym;

namespace {

struct Result {
  ZoneSearch search;
  AssemblyRows rows;
};

Result search_on(int threads, const Assembly& assembly, const ZoneParameters& parameters) {
  std::optional<Result> result;
  OrderedWork<Result> work;
  work.count = 1;
  work.work = [&](std::uint64_t) {
    Result found;
    found.search = find_zones(assembly, testing::every_subchain(*assembly.structure), parameters,
                              neighbor_offsets_A(parameters));
    found.rows = assembly_rows(assembly, found.search.zones, parameters, {});
    return found;
  };
  work.write = [&](std::uint64_t, Result&& found) { result = std::move(found); };
  run_ordered(std::move(work), {threads, 1, std::size_t{1} << 40});
  return std::move(*result);
}

}  // namespace

TEST_CASE("Threads that share the search of an assembly find what one thread finds") {
  const Structure structure =
      read_structure(read_file(testing::data_sample("6zu5")), "6zu5.cif.gz");
  const Assembly assembly = build_assembly(structure, structure.assemblies.front());
  const ZoneParameters parameters;
  const Result one = search_on(1, assembly, parameters);
  REQUIRE(one.search.zones.size() > 1000);
  REQUIRE(one.rows.tiles.size() > 100);
  for (const int threads : {2, 5}) {
    const Result many = search_on(threads, assembly, parameters);
    CHECK(many.search.max_density_atoms_nm3 == one.search.max_density_atoms_nm3);
    CHECK(many.search.points_tested == one.search.points_tested);
    CHECK(many.search.points_dense == one.search.points_dense);
    REQUIRE(many.search.zones.size() == one.search.zones.size());
    for (std::size_t i = 0; i < one.search.zones.size(); ++i) {
      const Zone& zone = many.search.zones[i];
      const Zone& expected = one.search.zones[i];
      REQUIRE(zone.center_A == expected.center_A);
      REQUIRE(zone.density_atoms_nm3 == expected.density_atoms_nm3);
      REQUIRE(zone.neighbors == expected.neighbors);
      REQUIRE(zone.subchains == expected.subchains);
      REQUIRE(zone.pairs == expected.pairs);
    }
    REQUIRE(many.rows.tiles.size() == one.rows.tiles.size());
    for (std::size_t i = 0; i < one.rows.tiles.size(); ++i) {
      REQUIRE(many.rows.tiles[i].tile == one.rows.tiles[i].tile);
      REQUIRE(many.rows.tiles[i].drawing == one.rows.tiles[i].drawing);
      REQUIRE(many.rows.tiles[i].annotation == one.rows.tiles[i].annotation);
    }
  }
}
