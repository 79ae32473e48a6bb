#include "picture/show_samples.h"

#include <limits>

#include "build_gym.h"
#include "catch.h"
#include "shards/write_shards.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

TEST_CASE("A database and its shards give the same picture, with and without normalization") {
  const testing::TemporaryFolder folder;
  const auto database = testing::build_gym(folder, {"2xhe"});

  ShardOptions options;
  options.run.database = database;
  options.run.parameters = preset("16A");
  options.run.count = 4;
  const auto made = samples_of_database(database, "", options.run.parameters, 1, 2);
  REQUIRE(made.samples.size() == 2);
  CHECK(made.samples[0].index == 1);
  for (const bool normalized : {false, true}) {
    CAPTURE(normalized);
    options.folder = folder.path() / (normalized ? "normalized" : "plain");
    if (normalized) {
      options.run.parameters.channel_mean.assign(8, 0.02);
      options.run.parameters.channel_std.assign(8, 0.1);
    }
    write_shards(options);
    const auto read = samples_of_shards(options.folder, 1, 2);
    REQUIRE(read.samples.size() == 2);
    CHECK(read.kind.channel_names == made.kind.channel_names);
    for (std::size_t i = 0; i < 2; ++i) {
      CHECK(read.samples[i].title == made.samples[i].title);
      CHECK(read.samples[i].details == made.samples[i].details);
      REQUIRE(read.samples[i].views.size() == 2);
      for (std::size_t view = 0; view < 2; ++view) {
        const ShownView& a = made.samples[i].views[view];
        const ShownView& b = read.samples[i].views[view];
        CHECK(a.atoms == b.atoms);
        REQUIRE(a.image.size() == b.image.size());
        float greatest = 0;
        for (std::size_t v = 0; v < a.image.size(); ++v)
          greatest = std::max(greatest, std::abs(a.image[v] - b.image[v]));
        CHECK(greatest <= (normalized ? 1e-3F : 0.0F));
      }
    }
  }
  CHECK_THROWS_WITH(samples_of_shards(options.folder, 4, 1), contains("the last is 3"));
  CHECK_THROWS_WITH(samples_of_database(database, "", preset("24A"), 0, 100'000'000),
                    contains("smaller --montage"));
  constexpr auto kLast = std::numeric_limits<std::uint64_t>::max();
  CHECK(samples_of_database(database, "", preset("24A"), kLast, 1).samples.size() == 1);
  CHECK(samples_of_database(database, "", preset("24A"), kLast - 1, 2).samples.size() == 2);
  CHECK_THROWS_AS(samples_of_database(database, "", preset("24A"), kLast, 2), UsageError);
}
