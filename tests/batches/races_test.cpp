// Many combinations of threads, windows, memory, tiny caches and batches, all of which must give
// the same bytes. ThreadSanitizer sees more here than in the tests of single parts.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <thread>
#include <vector>

#include "base/md5.h"
#include "base/ordered_work.h"
#include "base/random_stream.h"
#include "batches/batch_reader.h"
#include "build/build_database.h"
#include "catch.h"
#include "data_sample.h"
#include "temporary_folder.h"

using namespace mmgym;

namespace {

constexpr std::uint64_t kSamples = 24;
constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

void build(const std::filesystem::path& database, int threads, bool keep_all) {
  BuildOptions options;
  for (const char* entry : {"1a8o", "3jqh", "1cbs", "2beg", "README"})
    options.files.push_back(testing::data_sample(entry));
  options.database = database;
  options.parameters.neighbor_count_threshold = 0;
  options.census.keep_all = keep_all;
  options.threads = threads;
  build_database(options);
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string digest(const Sample& sample) {
  Md5 sum;
  sum.update(std::as_bytes(sample.images.voxels()));
  sum.update(std::as_bytes(std::span(sample.frame_ia.matrix().data(), 16)));
  sum.update(std::as_bytes(std::span(sample.frame_ab.matrix().data(), 16)));
  for (const auto& atom : sample.atoms)
    for (const auto& name : {sample.tiles[atom.tile]->annotations.name[atom.atom]})
      sum.update(std::as_bytes(std::span(name)));
  return sum.hex() + " of zone " + std::to_string(sample.zone.zone_id);
}

/// A small database of several structures, and its samples.
class SeveralStructures {
 public:
  SeveralStructures() { build(database_, 1, true); }

  std::shared_ptr<SampleSet> samples(std::size_t tile_cache_bytes, bool with_atoms) const {
    SampleSource source;
    source.database = database_;
    source.parameters.length_voxels = 6;
    source.parameters.resolution_A = 3;
    source.parameters.with_atoms = with_atoms;
    source.tile_cache_bytes = tile_cache_bytes;
    return std::make_shared<SampleSet>(source);
  }

  /// The digests of all samples, made one after another by new makers.
  std::vector<std::string> expected(bool with_atoms) const {
    std::vector<std::string> digests;
    for (std::uint64_t i = 0; i < kSamples; ++i)
      digests.push_back(digest(*samples(0, with_atoms)->make(i)));
    return digests;
  }

 private:
  testing::TemporaryFolder folder_;
  std::filesystem::path database_ = folder_.path() / "gym.sqlite";
};

}  // namespace

TEST_CASE("Databases have the same bytes with any number of threads") {
  const testing::TemporaryFolder folder;
  const auto built = [&](int threads, bool keep_all) {
    const auto database = folder.path() / "gym.sqlite";
    build(database, threads, keep_all);
    return bytes_of(database);
  };
  for (const bool keep_all : {false, true}) {
    const std::string expected = built(1, keep_all);
    for (const int threads : {2, 3, 8, 2, 8, 3}) CHECK(built(threads, keep_all) == expected);
  }
}

TEST_CASE("Samples have the same bytes with any threads, window, budget and tile cache") {
  const SeveralStructures fixture;
  const std::map<bool, std::vector<std::string>> expected = {{false, fixture.expected(false)},
                                                             {true, fixture.expected(true)}};
  REQUIRE(std::set(expected.at(false).begin(), expected.at(false).end()).size() == kSamples);
  RandomStream random(7);
  for (int round = 0; round < 60; ++round) {
    const auto one_of = [&random](const auto& list) {
      return list[static_cast<std::size_t>(random.uniform(0, static_cast<double>(list.size())))];
    };
    const bool with_atoms = one_of(std::vector{0, 1}) == 1;
    // No tile but the last one in each part of the cache, a few, or all.
    const std::size_t cache = one_of(std::vector<std::size_t>{0, 1, 1 << 20, 1 << 26});
    const WorkLimits limits = {one_of(std::vector{1, 2, 3, 8}),
                               one_of(std::vector<std::size_t>{1, 2, 5, 64}),
                               one_of(std::vector<std::size_t>{0, 1, 3, kNoLimit})};
    CAPTURE(with_atoms, cache, limits.threads, limits.window, limits.bytes);
    const auto samples = fixture.samples(cache, with_atoms);
    std::vector<std::string> found;
    OrderedWork<std::shared_ptr<const Sample>> work;
    work.count = kSamples;
    work.work = [&](std::uint64_t i) { return samples->make(i); };
    work.work_bytes = [](std::uint64_t) { return std::size_t{1}; };
    work.result_bytes = [](const auto&) { return std::size_t{1}; };
    work.write = [&](std::uint64_t, auto&& sample) { found.push_back(digest(*sample)); };
    run_ordered(work, limits);
    REQUIRE(found == expected.at(with_atoms));
  }
}

TEST_CASE("Readers that share samples get the same batches, whatever their sizes and threads") {
  const SeveralStructures fixture;
  const auto reference = fixture.samples(1 << 26, false);
  std::vector<std::vector<float>> images;  // by index
  for (std::uint64_t i = 0; i < reference->zones(); ++i) {
    const auto voxels = reference->make(i)->images.voxels();
    images.emplace_back(voxels.begin(), voxels.end());
  }
  const std::vector<std::pair<std::uint64_t, int>> sizes_and_threads = {{1, 1}, {1, 8}, {3, 2},
                                                                        {2, 3}, {7, 8}, {1000, 3}};
  for (const std::size_t cache : {0, 1, 1 << 26}) {
    const auto samples = fixture.samples(cache, false);
    std::vector<std::size_t> right(sizes_and_threads.size());
    std::vector<std::thread> users;
    for (std::size_t user = 0; user < right.size(); ++user)
      users.emplace_back([&, user] {
        const auto [size, threads] = sizes_and_threads[user];
        const std::uint64_t zones = samples->zones();
        BatchReader reader(samples, {zones, 0, zones, user, {size, 4}}, {{}, threads});
        while (const auto batch = reader.next())
          for (std::size_t i = 0; i < batch->size(); ++i) {
            // The first epoch has the indices below the number of zones.
            const auto index = static_cast<std::size_t>(batch->indices[i]);
            const std::size_t voxels = images.front().size();
            right[user] +=
                index >= images.size() || std::equal(images[index].begin(), images[index].end(),
                                                     batch->images.data() + i * voxels);
          }
      });
    for (auto& user : users) user.join();
    for (const std::size_t count : right) CHECK(count == 4 * samples->zones());
  }
}
