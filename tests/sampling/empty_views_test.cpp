#include "sampling/empty_views.h"

#include <algorithm>

#include "build/build_database.h"
#include "catch.h"
#include "sampling/zone_choice.h"
#include "temporary_folder.h"

using namespace mmgym;

namespace {

/// Builds a database of 2XHE. Without required neighbors, it also has zones at the surface.
std::filesystem::path build(const testing::TemporaryFolder& folder, int neighbor_count_threshold) {
  BuildOptions options;
  options.database = folder.path() / (std::to_string(neighbor_count_threshold) + ".sqlite");
  options.files = {std::filesystem::path(MMGYM_SOURCE_DIR) / "data-samples" / "2xhe.cif.gz"};
  options.parameters.neighbor_count_threshold = neighbor_count_threshold;
  build_database(options);
  return options.database;
}

}  // namespace

TEST_CASE("Second views without atoms are counted among samples of zones spread evenly") {
  const testing::TemporaryFolder folder;
  const auto database = build(folder, 0);
  GymReader reader(database);
  CHECK_FALSE(zones_have_neighbors(reader));
  const auto zones = choose_zones(reader, "all");
  SampleParameters parameters = preset("16A");
  parameters.view_distance_A = 40;
  SampleMaker maker(database, zones, parameters);

  std::vector<bool> empty;
  Sample sample;
  for (std::uint64_t zone = 0; zone < zones.size(); ++zone) {
    maker.make(zone, sample);
    empty.push_back(sample.atoms_drawn[1] == 0);
  }
  const auto expected = static_cast<std::uint64_t>(std::count(empty.begin(), empty.end(), true));
  CHECK((0 < expected && expected < zones.size()));
  const EmptyViews all = count_empty_views(maker);
  CHECK(all.tried == zones.size());
  CHECK(all.empty == expected);

  const EmptyViews three = count_empty_views(maker, 3);
  CHECK(three.tried == 3);
  CHECK(three.empty ==
        std::uint64_t{empty[0]} + empty[zones.size() / 3] + empty[zones.size() * 2 / 3]);
}

TEST_CASE("Zones of a database with required neighbors have neighbors") {
  const testing::TemporaryFolder folder;
  GymReader reader(build(folder, 1));
  CHECK(zones_have_neighbors(reader));
}
