#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/stage_timer.h"
#include "database/gym_reader.h"
#include "sampling/frames.h"
#include "sampling/sample.h"
#include "sampling/sample_parameters.h"
#include "sampling/view_drawer.h"

namespace mmgym {

/// The default memory limit of all tile caches of a program together.
inline constexpr std::size_t kDefaultTileCacheBytes = std::size_t{128} << 20;

/// Throws DatabaseChanged, and says what to do.
[[noreturn]] void throw_database_changed(const std::filesystem::path& database);

/// Makes samples from a database. Use one per thread; makers may share a tile cache.
class SampleMaker {
 public:
  /// Sample i is taken from the zone zone_ids[i % size]; `zone_ids` must outlive the maker. Only
  /// makers of equal parameters may share a `cache`. Throws like GymReader and ViewDrawer.
  SampleMaker(
      const std::filesystem::path& database, std::span<const std::int64_t> zone_ids,
      const SampleParameters& parameters,
      std::shared_ptr<TileCache> cache = std::make_shared<TileCache>(kDefaultTileCacheBytes),
      NeighborLookup neighbor_lookup = NeighborLookup::index);
  SampleMaker(const SampleMaker&) = delete;
  SampleMaker& operator=(const SampleMaker&) = delete;

  /// Makes sample `index` and reuses the memory of `sample`. Adds the time of each stage to
  /// `times`, if given. Throws DatabaseChanged if the database's id is no longer that at the
  /// beginning, and DatabaseError if it is damaged.
  void make(std::uint64_t index, Sample& sample, StageTimes* times = nullptr);

  int channels() const { return drawer_.channels(); }

  /// The JSON text of the database's id. Samples are made only while the database has it.
  const std::string& database_id() const { return database_id_; }

 private:
  /// Throws DatabaseChanged. Call it after the first query of a sample.
  void require_same_database();
  void require_neighbors(std::int64_t zone_id) const;
  void place_views(std::uint64_t index, Sample& sample, StageTimes* times);

  Task task_;
  std::span<const std::int64_t> zone_ids_;
  GymReader reader_;
  std::string database_id_;
  std::optional<std::uint32_t> seen_version_;  // that has this id
  NeighborFrameMaker frames_;
  ViewDrawer drawer_;
  std::vector<int> neighbors_;  // a member to reuse its memory
};

}  // namespace mmgym
