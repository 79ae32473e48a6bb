#include "picture/show_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
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

constexpr double kMostMemory = 2e9;

/// Throws UsageError if the images of a montage, which are in memory together, are too large.
void check_memory(std::uint64_t samples, std::uint64_t bytes_each) {
  const double bytes = static_cast<double>(samples) * static_cast<double>(bytes_each);
  if (bytes > kMostMemory)
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

/// Returns the images of a sample in shards.
std::vector<float> images_of(const ShardCatalog& catalog, std::uint64_t sample) {
  const StoredKind& kind = catalog.kind();
  const SampleParameters& parameters = kind.parameters;
  const auto files = catalog.read_arrays(sample);
  try {
    if (kind.encoding != Encoding::atoms) return stored_images(files, kind.shape);
    return images_of_stored_atoms(files, image_params(parameters, kind.channels),
                                  parameters.atom_radius.largest_A(parameters.resolution_A),
                                  parameters.views());
  } catch (const ShardError& error) {
    // It begins with the extension of the file.
    throw ShardError(catalog.where(sample, error.what()));
  }
}

constexpr double kFarthest_A = 1e9;

Frame frame_of(const JsonField& rows) {
  Frame frame = Frame::Identity();
  const auto all = rows.items(4);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto row = all[i].items(4);
    for (std::size_t j = 0; j < 4; ++j)
      frame.matrix()(static_cast<int>(i), static_cast<int>(j)) =
          row[j].number(-kFarthest_A, kFarthest_A);
  }
  return frame;
}

/// Returns the facts in KEY.json (see encode_sample.h) of sample `index`.
Facts facts_of(const JsonField& stored, std::uint64_t index, bool has_neighbor) {
  Facts facts;
  facts.index = stored.at("index").whole_number();
  if (facts.index != index) stored.at("index").fail("is not the index in the file's name");
  constexpr auto kMostZones = std::uint64_t{std::numeric_limits<std::int64_t>::max()};
  facts.zone_id = static_cast<std::int64_t>(stored.at("zone_id").whole_number(kMostZones));
  facts.pdb_id = stored.at("pdb_id").text();
  facts.model_id = stored.at("model_id").text();
  facts.assembly_pdb_id = stored.at("assembly_pdb_id").text();
  if (!stored.at("split").value().is_null()) facts.split = stored.at("split").text();
  const auto center = stored.at("zone_center_A").items(3);
  for (int i = 0; i < 3; ++i)
    facts.zone_center_A[i] = center[static_cast<std::size_t>(i)].number(-kFarthest_A, kFarthest_A);
  if (has_neighbor) facts.frame_ab = frame_of(stored.at("frame_ab"));
  return facts;
}

/// Undoes the normalization of images. In units of standard deviations, a rare element would be
/// brighter than all others.
void undo_normalization(const SampleParameters& parameters, std::vector<float>& images) {
  if (!parameters.normalized()) return;
  const std::size_t channels = parameters.channel_mean.size();
  const std::size_t voxels =
      images.size() / (channels * static_cast<std::size_t>(parameters.views()));
  for (std::size_t i = 0; i < images.size(); ++i) {
    const std::size_t channel = i / voxels % channels;
    const double value =
        images[i] * double{parameters.channel_std[channel]} + parameters.channel_mean[channel];
    // Zeros come back with rounding errors. A damaged file may have numbers beyond float.
    constexpr double kNothing = 1e-3, kMost = 1e30;
    images[i] = value < kNothing ? 0 : static_cast<float>(std::min(value, kMost));
  }
}

}  // namespace

ShownSamples samples_of_database(const std::filesystem::path& database, const std::string& split,
                                 const SampleParameters& parameters, std::uint64_t first,
                                 std::uint64_t count) {
  GymReader reader(database);
  std::optional<GymReader::Snapshot> snapshot(reader);
  const auto zones = choose_zones(reader, split);
  SampleMaker maker(database, zones, parameters);
  snapshot.reset();
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
  const SampleParameters& parameters = catalog.kind().parameters;
  ShownSamples result;
  const std::vector<std::uint64_t> samples = catalog.samples();
  const std::uint64_t bytes_each = sizeof(float) * number_of_values(catalog.kind().shape);
  if (static_cast<double>(bytes_each) > kMostMemory)
    throw ShardError((folder / index_name).string() +
                     ": shape is that of images which are too large for a picture");
  check_memory(std::min<std::uint64_t>(count, samples.size()), bytes_each);
  result.kind = {channel_names(parameters.channels, parameters.ligand_channel),
                 catalog.kind().shape.back(), parameters.resolution_A};
  const auto directions = polyhedron_faces(parameters.directions);
  const bool neighbor = parameters.task == Task::neighbor;
  for (const std::uint64_t sample : samples) {
    if (sample < first) continue;
    if (result.samples.size() == count) break;
    const std::string where = catalog.where(sample, "json");
    const auto value = parse_json(catalog.read_text(sample, "json"), where);
    const JsonField stored(value, where);
    Facts facts = facts_of(stored, sample, neighbor);
    if (neighbor) facts.label = catalog.label(sample);
    ShownSample& one = result.samples.emplace_back(shown(facts, directions, parameters.views()));
    auto images = images_of(catalog, sample);
    undo_normalization(parameters, images);
    set_images(one, images);
    const auto atoms = stored.at("atoms_drawn").items(one.views.size());
    for (std::size_t view = 0; view < one.views.size(); ++view)
      one.views[view].atoms = atoms[view].whole_number();
  }
  if (result.samples.empty())
    throw ShardError(fmt::format("{}: no sample {} or later; the last is {}", folder.string(),
                                 first, catalog.samples().empty() ? 0 : catalog.samples().back()));
  return result;
}

}  // namespace mmgym
