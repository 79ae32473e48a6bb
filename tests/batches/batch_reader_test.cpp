#include "batches/batch_reader.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "build_gym.h"
#include "catch.h"
#include "database/sqlite.h"
#include "temporary_folder.h"

using namespace mmgym;

namespace {

/// The samples of a small database.
class SmallGym {
 public:
  explicit SmallGym(const BatchFormat& format = {}) : format_(format) {
    SampleSource source;
    source.database = testing::build_gym(folder_, {"2xhe"});
    source.parameters = preset("24A");
    source.parameters.length_voxels = 8;
    source.parameters.resolution_A = 3;
    set_content(format, source.parameters);
    samples = std::make_shared<SampleSet>(source);
  }

  BatchOrder order(const BatchOptions& options) const {
    return {samples->zones(), 0, samples->zones(), 5, options};
  }

  BatchReader reader(const BatchOptions& options, int threads = 2, std::uint64_t first = 0,
                     std::uint64_t step = 1) const {
    return {samples, order(options), {format_, threads, first, step}};
  }

  void delete_zone(std::int64_t id) const {
    Connection connection(samples->database(), Connection::Mode::read_write);
    connection.execute("DELETE FROM zone WHERE id = " + std::to_string(id));
  }

  std::shared_ptr<SampleSet> samples;

 private:
  testing::TemporaryFolder folder_;
  BatchFormat format_;
};

std::vector<std::int64_t> indices_of(BatchReader&& reader) {
  std::vector<std::int64_t> all;
  while (const auto batch = reader.next())
    all.insert(all.end(), batch->indices.begin(), batch->indices.end());
  return all;
}

}  // namespace

TEST_CASE("A batch has the images and labels of its samples, with any number of threads") {
  const SmallGym fixture;
  for (const int threads : {1, 2, 5}) {
    auto reader = fixture.reader({4, 2}, threads);
    const BatchOrder order = fixture.order({4, 2});
    std::uint64_t position = 0;
    while (const auto batch = reader.next()) {
      for (std::size_t i = 0; i < batch->size(); ++i, ++position) {
        const auto index = static_cast<std::int64_t>(order.index(position));
        REQUIRE(batch->indices[i] == index);
        const auto sample = fixture.samples->make(order.index(position));
        const auto voxels = sample->images.voxels();
        CHECK(std::equal(voxels.begin(), voxels.end(), batch->images.data() + i * voxels.size()));
        CHECK(batch->labels[i] == sample->label);
      }
    }
    CHECK(position == 2 * fixture.samples->zones());
  }
}

TEST_CASE("The atoms of a batch name their image") {
  const SmallGym fixture({.atoms = true});
  auto reader = fixture.reader({4, 1});
  const auto batch = reader.next();
  REQUIRE(batch != nullptr);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < batch->size(); ++i) {
    const auto sample = fixture.samples->make(static_cast<std::uint64_t>(batch->indices[i]));
    const AtomList& atoms = sample->atom_list;
    CHECK(atoms.size() >= sample->atoms_drawn[0] + sample->atoms_drawn[1]);
    REQUIRE(begin + atoms.size() <= batch->image.size());
    for (std::size_t atom = 0; atom < atoms.size(); ++atom) {
      CHECK(batch->image[begin + atom] == static_cast<int>(2 * i) + atoms.view[atom]);
      CHECK(batch->channel[begin + atom] == atoms.channel[atom]);
      CHECK(batch->weight[begin + atom] == atoms.weight[atom]);
      for (std::size_t axis = 0; axis < 3; ++axis)
        CHECK(batch->xyz_A[3 * (begin + atom) + axis] ==
              static_cast<float>(atoms.xyz_A[3 * atom + axis]));
    }
    begin += atoms.size();
  }
  CHECK(begin == batch->image.size());
}

TEST_CASE("Readers that take every n-th batch make all batches together") {
  const SmallGym fixture;
  const auto all = indices_of(fixture.reader({3, 2}));
  std::vector<std::int64_t> together;
  std::vector<BatchReader*> readers;
  auto first = fixture.reader({3, 2}, 1, 0, 2);
  auto second = fixture.reader({3, 2}, 1, 1, 2);
  for (BatchReader* reader = &first;; reader = reader == &first ? &second : &first) {
    const auto batch = reader->next();
    if (batch == nullptr) break;
    together.insert(together.end(), batch->indices.begin(), batch->indices.end());
  }
  CHECK(together == all);
}

TEST_CASE("A reader that starts later makes the batches that are left") {
  const SmallGym fixture;
  const auto all = indices_of(fixture.reader({3, 2}));
  const auto rest = indices_of(fixture.reader({3, 2}, 2, 2));
  CHECK(std::ranges::equal(rest, std::span(all).last(rest.size())));
  CHECK(rest.size() == all.size() - 6);
  CHECK(indices_of(fixture.reader({3, 2}, 2, 1'000'000)).empty());
}

TEST_CASE("A reader can be closed at any time") {
  const SmallGym fixture;
  for (int taken = 0; taken < 4; ++taken) {
    auto reader = fixture.reader({3, 0});
    for (int i = 0; i < taken; ++i) CHECK(reader.next() != nullptr);
    reader.close();
  }
}

TEST_CASE("Memory goes back to the reader, and kept batches stay valid") {
  const SmallGym fixture;
  auto reader = fixture.reader({3, 0}, 1);
  const auto kept = reader.next();
  const std::vector<float> copy(kept->images.data(), kept->images.data() + kept->images.size());
  std::map<const float*, int> used;
  for (int i = 0; i < 50; ++i) ++used[reader.next()->images.data()];
  CHECK(used.size() < 10);
  CHECK(std::ranges::equal(copy, std::span(kept->images.data(), kept->images.size())));
}

TEST_CASE("A closed reader has no more batches, whether or not some were waiting") {
  const SmallGym fixture;
  for (const bool finished : {false, true}) {
    auto reader = fixture.reader({2, 0}, 1);
    CHECK(reader.next() != nullptr);
    // The next batch waits for its reader.
    if (finished) CHECK(reader.wait_for(std::chrono::minutes(1)));
    reader.close();
    CHECK(reader.next() == nullptr);
  }
}

TEST_CASE("An error of a sample reaches the reader after the batches before it") {
  const SmallGym fixture;
  const BatchOrder order = fixture.order({2, 0});
  constexpr std::uint64_t kWhole = 3;
  // The zones of samples after the first batches are gone.
  std::set<std::int64_t> kept;
  const auto zone = [&](std::uint64_t position) {
    return fixture.samples->make(order.index(position))->zone.zone_id;
  };
  for (std::uint64_t i = 0; i < 2 * kWhole; ++i) kept.insert(zone(i));
  REQUIRE(!kept.contains(zone(2 * kWhole)));
  fixture.delete_zone(zone(2 * kWhole));

  auto reader = fixture.reader({2, 0}, 2);
  for (std::uint64_t i = 0; i < kWhole; ++i) CHECK(reader.next() != nullptr);
  CHECK_THROWS_AS(reader.next(), DatabaseError);
  CHECK_THROWS_AS(reader.next(), DatabaseError);
}
