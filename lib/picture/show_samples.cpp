#include "picture/show_samples.h"

#include <fmt/format.h>

#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "base/errors.h"
#include "encoding/sample_format.h"
#include "encoding/stored_atoms.h"
#include "encoding/stored_images.h"
#include "geometry/polyhedra.h"
#include "sampling/image_memory.h"
#include "sampling/sample_maker.h"
#include "sampling/zone_choice.h"
#include "shards/shard_catalog.h"
#include "shards/shard_record.h"
#include "voxel/channel_names.h"

namespace mmgym {
namespace {

using nlohmann::json;

/// The facts of a sample besides its images, from a database or shards.
struct Facts {
  std::uint64_t index = 0;
  std::int64_t zone_id = 0;
  std::string pdb_id;
  std::string model_id;
  std::string assembly_pdb_id;
  std::string split;
  Eigen::Vector3d zone_center_A;
  std::optional<int> label;
  Frame frame_ab;  // of samples with a label
};

/// Returns "+y", or "(0.58, 0.58, 0.58)".
std::string direction_name(const Eigen::Vector3d& direction) {
  for (int axis = 0; axis < 3; ++axis)
    if (std::abs(direction[axis]) > 1 - 1e-9)
      return fmt::format("{}{}", direction[axis] > 0 ? '+' : '-', "xyz"[axis]);
  return fmt::format("({:.2f}, {:.2f}, {:.2f})", direction.x(), direction.y(), direction.z());
}

/// Returns a sample without the images and the numbers of atoms.
ShownSample shown(const Facts& facts, const std::vector<Eigen::Vector3d>& directions, int views) {
  ShownSample sample;
  sample.index = facts.index;
  sample.caption = fmt::format("#{}  {}  zone {}", facts.index, facts.pdb_id, facts.zone_id);
  sample.title = fmt::format("Sample {}:  {}  zone {}", facts.index, facts.pdb_id, facts.zone_id);
  if (facts.label) {
    std::string toward;
    if (static_cast<std::size_t>(*facts.label) < directions.size())
      toward = direction_name(directions[static_cast<std::size_t>(*facts.label)]);
    sample.caption += fmt::format("  label {} {}", *facts.label, toward);
    sample.details.push_back(fmt::format(
        "label {} of 0 to {}: the neighbor is in the direction {} from home, {:.1f} Å away",
        *facts.label, directions.size() - 1, toward, frame_origin(facts.frame_ab).norm()));
  }
  sample.details.push_back(fmt::format(
      "assembly {}, model {}{}; zone center ({:.1f}, {:.1f}, {:.1f}) Å", facts.assembly_pdb_id,
      facts.model_id, facts.split.empty() ? "" : ", split " + facts.split, facts.zone_center_A.x(),
      facts.zone_center_A.y(), facts.zone_center_A.z()));
  for (int view = 0; view < views; ++view) {
    ShownView& shown_view = sample.views.emplace_back();
    shown_view.name = views == 1 ? "view" : view == 0 ? "home" : "neighbor";
    if (facts.label && view == 0) shown_view.other_center_A = frame_origin(facts.frame_ab);
  }
  return sample;
}

/// Throws UsageError if the images of a montage, which are in memory together, are too large.
void check_memory(std::uint64_t samples, std::uint64_t bytes_each) {
  constexpr double kMost = 2e9;
  const double bytes = static_cast<double>(samples) * static_cast<double>(bytes_each);
  if (bytes > kMost)
    throw UsageError(fmt::format(
        "the images of {} sample{} take {:.0f} GB, which is too much for a picture; "
        "give a smaller --{}",
        samples, samples == 1 ? "" : "s", bytes / 1e9, samples == 1 ? "grid" : "montage"));
}

void set_images(ShownSample& sample, std::span<const float> images) {
  const auto size = static_cast<std::ptrdiff_t>(images.size() / sample.views.size());
  auto first = images.begin();
  for (ShownView& view : sample.views) {
    view.image.assign(first, first + size);
    first += size;
  }
}

/// Returns the images of a sample in shards with this index.json.
std::vector<float> images_of(const std::map<std::string, std::vector<std::byte>>& files,
                             const json& index, int views) {
  const auto shape = index.at("shape").get<std::vector<std::uint64_t>>();
  const json& parameters = index.at("parameters");
  if (parameters.at("encoding") != name_of(Encoding::atoms)) return stored_images(files, shape);
  ImageParams params;
  params.grid.length_voxels = parameters.at("grid");
  params.grid.resolution_A = parameters.at("resolution_A");
  params.channels = static_cast<int>(shape.at(shape.size() - 4));
  params.fill = value_named<Fill>(parameters.at("fill").get<std::string>());
  params.aggregate = value_named<Aggregate>(parameters.at("aggregate").get<std::string>());
  return images_of_stored_atoms(files, params, parameters.at("atom_radius_A"), views);
}

Frame frame_of(const json& rows) {
  Frame frame = Frame::Identity();
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j) frame.matrix()(i, j) = rows.at(i).at(j);
  return frame;
}

/// Returns the facts in KEY.json (see encode_sample.h).
Facts facts_of(const json& stored) {
  Facts facts;
  facts.index = stored.at("index");
  facts.zone_id = stored.at("zone_id");
  facts.pdb_id = stored.at("pdb_id");
  facts.model_id = stored.at("model_id");
  facts.assembly_pdb_id = stored.at("assembly_pdb_id");
  if (stored.at("split").is_string()) facts.split = stored.at("split");
  const json& center = stored.at("zone_center_A");
  facts.zone_center_A = Eigen::Vector3d(center.at(0).get<double>(), center.at(1).get<double>(),
                                        center.at(2).get<double>());
  if (stored.contains("frame_ab")) facts.frame_ab = frame_of(stored.at("frame_ab"));
  return facts;
}

/// Undoes the normalization of images. In units of standard deviations, a rare element would be
/// brighter than all others.
void undo_normalization(const json& parameters, std::vector<float>& images, int views) {
  if (!parameters.at("normalized").get<bool>()) return;
  const auto means = parameters.at("normalized_by_mean").get<std::vector<double>>();
  const auto deviations = parameters.at("normalized_by_std").get<std::vector<double>>();
  const std::size_t voxels = images.size() / (means.size() * static_cast<std::size_t>(views));
  for (std::size_t i = 0; i < images.size(); ++i) {
    const std::size_t channel = i / voxels % means.size();
    const double value = images[i] * deviations.at(channel) + means[channel];
    // Zeros come back with rounding errors.
    constexpr double kNothing = 1e-3;
    images[i] = value < kNothing ? 0 : static_cast<float>(value);
  }
}

}  // namespace

ShownSamples samples_of_database(const std::filesystem::path& database, const std::string& split,
                                 const SampleParameters& parameters, std::uint64_t first,
                                 std::uint64_t count) {
  GymReader reader(database);
  const auto zones = choose_zones(reader, split);
  SampleMaker maker(database, zones, parameters);
  check_memory(count, image_bytes(parameters, maker.channels()));
  ShownSamples result;
  result.kind = {channel_names(parameters.channels, parameters.ligand_channel),
                 static_cast<std::size_t>(parameters.length_voxels), parameters.resolution_A};
  constexpr auto kLastIndex = std::numeric_limits<std::uint64_t>::max();
  if (count > 0 && first > kLastIndex - (count - 1))
    throw UsageError(fmt::format("cannot show {} samples from index {}; the last index is {}",
                                 count, first, kLastIndex));
  const auto directions = polyhedron_faces(parameters.directions);
  Sample sample;
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t index = first + n;
    maker.make(index, sample);
    Facts facts{index,
                sample.zone.zone_id,
                sample.zone.structure_pdb_id,
                sample.zone.model_id,
                sample.zone.assembly_pdb_id,
                sample.zone.split,
                sample.zone.center_A,
                std::nullopt,
                sample.frame_ab};
    if (parameters.task == Task::neighbor) facts.label = sample.label;
    result.samples.push_back(shown(facts, directions, parameters.views()));
    set_images(result.samples.back(), sample.images.voxels());
    for (std::size_t view = 0; view < result.samples.back().views.size(); ++view)
      result.samples.back().views[view].atoms = sample.atoms_drawn[view];
  }
  return result;
}

ShownSamples samples_of_shards(const std::filesystem::path& folder, std::uint64_t first,
                               std::uint64_t count) {
  const ShardCatalog catalog(folder);
  ShownSamples result;
  try {
    const json& index = catalog.index();
    const json& parameters = index.at("parameters");
    const auto shape = index.at("shape").get<std::vector<std::uint64_t>>();
    check_memory(
        std::min<std::uint64_t>(count, catalog.samples().size()),
        std::accumulate(shape.begin(), shape.end(), std::uint64_t{4}, std::multiplies<>()));
    const bool neighbor = parameters.at("task") == "neighbor";
    result.kind = {channel_names(parameters.at("channels").get<std::string>(),
                                 parameters.at("ligand_channel")),
                   shape.back(), parameters.at("resolution_A")};
    const auto directions = polyhedron_faces(parameters.at("directions"));
    for (const std::uint64_t sample : catalog.samples()) {
      if (sample < first) continue;
      if (result.samples.size() == count) break;
      const json stored = json::parse(catalog.read_text(sample, "json"));
      Facts facts = facts_of(stored);
      if (neighbor) facts.label = catalog.label(sample);
      const int views = neighbor ? 2 : 1;
      ShownSample& one = result.samples.emplace_back(shown(facts, directions, views));
      auto images = images_of(catalog.read(sample), index, views);
      undo_normalization(parameters, images, views);
      set_images(one, images);
      for (std::size_t view = 0; view < one.views.size(); ++view)
        one.views[view].atoms = stored.at("atoms_drawn").at(view).get<std::size_t>();
    }
  } catch (const json::exception& error) {
    throw ShardError(folder.string() + ": not in the format of 'mmgym sample': " + error.what());
  }
  if (result.samples.empty())
    throw ShardError(fmt::format("{}: no sample {} or later; the last is {}", folder.string(),
                                 first, catalog.samples().empty() ? 0 : catalog.samples().back()));
  return result;
}

}  // namespace mmgym
