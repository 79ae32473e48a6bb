#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "database/gym_reader.h"
#include "profile/stage_timer.h"
#include "sampling/frames.h"
#include "sampling/sample_parameters.h"
#include "voxel/channels.h"
#include "voxel/voxelizer.h"

namespace mmgym {

struct Sample {
  std::uint64_t index = 0;
  ZoneInfo zone;
  Frame frame_ia;
  Frame frame_ab;                            // neighbor task only
  int label = 0;                             // neighbor task only
  std::array<std::size_t, 2> atoms_drawn{};  // in each view
  /// Views, channels, x, y, z; C order.
  std::vector<float> images;
};

/// Makes samples from a database. One belongs to one thread.
class SampleMaker {
 public:
  /// `zone_ids`, which must outlive the maker, are the zones that samples are taken from: sample i
  /// from zone_ids[i % size]. Throws what GymReader and ChannelMap throw.
  SampleMaker(const std::filesystem::path& database, std::span<const std::int64_t> zone_ids,
              const SampleParameters& parameters);

  /// Makes sample `index`, reusing the memory that `sample` has. If `times` is given, counts the
  /// time of each stage that it is made of.
  void make(std::uint64_t index, Sample& sample, StageTimes* times = nullptr);

  int channels() const { return channel_map_.channels(); }

 private:
  void read_atoms(std::int64_t assembly_id, const Frame& frame_iv);
  void assign_channels();

  SampleParameters parameters_;
  std::span<const std::int64_t> zone_ids_;
  GymReader reader_;
  NeighborFrameMaker frames_;
  ChannelMap channel_map_;
  ImageParams image_;
  Voxelizer voxelizer_;

  // Kept from sample to sample, so that nothing is allocated once they have grown.
  std::vector<int> neighbors_;
  DrawingAtoms atoms_;
  std::vector<std::uint32_t> channels_;
};

}  // namespace mmgym
