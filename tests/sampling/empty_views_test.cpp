#include "sampling/empty_views.h"

#include <algorithm>

#include "build/build_database.h"
#include "catch.h"
#include "data_sample.h"
#include "temporary_folder.h"

using namespace mmgym;

namespace {

/// Builds a database of 2XHE. Without required neighbors, it also has zones at the surface.
std::filesystem::path build(const testing::TemporaryFolder& folder, int neighbor_count_threshold) {
  BuildOptions options;
  options.database = folder.path() / (std::to_string(neighbor_count_threshold) + ".sqlite");
  options.files = {testing::data_sample("2xhe")};
  options.parameters.neighbor_count_threshold = neighbor_count_threshold;
  build_database(options);
  return options.database;
}

}  // namespace

TEST_CASE("Second views without atoms are counted among samples of zones spread evenly") {
  const testing::TemporaryFolder folder;
  SampleSource source;
  source.database = build(folder, 0);
  source.parameters = preset("16A");
  source.parameters.view_distance_A = 40;
  SampleSet samples(source);

  std::vector<bool> empty;
  for (std::uint64_t zone = 0; zone < samples.zones(); ++zone)
    empty.push_back(samples.make(zone)->atoms_drawn[1] == 0);
  const auto expected = static_cast<std::uint64_t>(std::count(empty.begin(), empty.end(), true));
  CHECK((0 < expected && expected < samples.zones()));
  const EmptyViews all = count_empty_views(samples);
  CHECK(all.tried == samples.zones());
  CHECK(all.empty == expected);

  const EmptyViews three = count_empty_views(samples, 3);
  CHECK(three.tried == 3);
  CHECK(three.empty ==
        std::uint64_t{empty[0]} + empty[samples.zones() / 3] + empty[samples.zones() * 2 / 3]);
  CHECK_THAT(empty_views_warning(samples),
             mmgym::testing::contains(std::to_string(expected) + " of "));
}

TEST_CASE("There is no warning of empty views if zones have neighbors or samples have one view") {
  const testing::TemporaryFolder folder;
  SampleSource source;
  source.parameters = preset("16A");
  source.database = build(folder, 1);
  SampleSet with_neighbors(source);
  CHECK(empty_views_warning(with_neighbors).empty());
  source.parameters.task = Task::single;
  source.database = build(folder, 0);
  SampleSet single(source);
  CHECK(empty_views_warning(single).empty());
}
