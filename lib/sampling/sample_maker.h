#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "database/gym_reader.h"
#include "sampling/frames.h"
#include "sampling/sample.h"
#include "sampling/sample_parameters.h"
#include "sampling/stage_timer.h"
#include "sampling/view_drawer.h"

namespace mmgym {

/// What the tile caches of a whole program may take together, if nothing else is said.
inline constexpr std::size_t kDefaultTileCacheBytes = std::size_t{128} << 20;

/// Makes samples from a database. One belongs to one thread; many may share a cache of tiles.
class SampleMaker {
 public:
  /// `zone_ids`, which must outlive the maker, are the zones that samples are taken from: sample i
  /// from zone_ids[i % size]. `cache` serves makers of equal parameters. Throws what GymReader and
  /// ViewDrawer throw.
  SampleMaker(
      const std::filesystem::path& database, std::span<const std::int64_t> zone_ids,
      const SampleParameters& parameters,
      std::shared_ptr<TileCache> cache = std::make_shared<TileCache>(kDefaultTileCacheBytes),
      NeighborLookup neighbor_lookup = NeighborLookup::index);
  SampleMaker(const SampleMaker&) = delete;
  SampleMaker& operator=(const SampleMaker&) = delete;

  /// Makes sample `index`, reusing the memory that `sample` has. If `times` is given, counts the
  /// time of each stage that it is made of.
  void make(std::uint64_t index, Sample& sample, StageTimes* times = nullptr);

  int channels() const { return drawer_.channels(); }

 private:
  void place_views(std::uint64_t index, Sample& sample, StageTimes* times);

  Task task_;
  std::span<const std::int64_t> zone_ids_;
  GymReader reader_;
  NeighborFrameMaker frames_;
  ViewDrawer drawer_;
  std::vector<int> neighbors_;  // kept from sample to sample for its memory
};

}  // namespace mmgym
