#include "pipeline/encode_sample.h"

#include <nlohmann/json.hpp>

#include "shards/npy.h"

namespace mmgym {
namespace {

using nlohmann::ordered_json;

ordered_json rows_of(const Frame& frame) {
  ordered_json rows = ordered_json::array();
  for (int i = 0; i < 4; ++i) {
    ordered_json row = ordered_json::array();
    for (int j = 0; j < 4; ++j) row.push_back(frame.matrix()(i, j));
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string description(const Sample& sample, const SampleParameters& parameters) {
  const ZoneInfo& zone = sample.zone;
  ordered_json text = {{"index", sample.index},
                       {"zone_id", zone.zone_id},
                       {"pdb_id", zone.structure_pdb_id},
                       {"model_id", zone.model_id},
                       {"assembly_pdb_id", zone.assembly_pdb_id},
                       {"split", zone.split.empty() ? ordered_json() : ordered_json(zone.split)},
                       {"zone_center_A", {zone.center_A.x(), zone.center_A.y(), zone.center_A.z()}},
                       {"frame_ia", rows_of(sample.frame_ia)}};
  if (parameters.task == Task::neighbor) text["frame_ab"] = rows_of(sample.frame_ab);
  text["atoms_drawn"] = ordered_json::array();
  for (int view = 0; view < parameters.views(); ++view)
    text["atoms_drawn"].push_back(sample.atoms_drawn[view]);
  return text.dump();
}

/// Sums per channel over all views.
std::vector<ChannelSum> channel_sums(const Sample& sample, int views, int channels) {
  std::vector<ChannelSum> sums(channels);
  const std::size_t voxels = sample.images.size() / (static_cast<std::size_t>(views) * channels);
  const float* voxel = sample.images.data();
  for (int view = 0; view < views; ++view)
    for (auto& channel : sums) {
      double sum = 0;
      double sum_of_squares = 0;
      for (std::size_t i = 0; i < voxels; ++i) {
        const double value = *voxel++;
        sum += value;
        sum_of_squares += value * value;
      }
      channel += ChannelSum{voxels, sum, sum_of_squares};
    }
  return sums;
}

}  // namespace

std::vector<std::uint64_t> image_shape(const SampleParameters& parameters, int channels) {
  const auto length = static_cast<std::uint64_t>(parameters.length_voxels);
  std::vector<std::uint64_t> shape;
  if (parameters.task == Task::neighbor) shape.push_back(2);
  shape.insert(shape.end(), {static_cast<std::uint64_t>(channels), length, length, length});
  return shape;
}

SampleRecord encode_sample(const Sample& sample, const SampleParameters& parameters, int channels) {
  SampleRecord record;
  record.index = sample.index;
  record.channel_sums = channel_sums(sample, parameters.views(), channels);
  record.members.push_back({"npy",
                            {OwnedBytes(npy_header("<f4", image_shape(parameters, channels))),
                             OwnedBytes(sample.images)}});
  if (parameters.task == Task::neighbor)
    record.members.push_back({"cls", {OwnedBytes(std::to_string(sample.label))}});
  record.members.push_back({"json", {OwnedBytes(description(sample, parameters))}});
  return record;
}

}  // namespace mmgym
