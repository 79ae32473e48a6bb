#include "encoding/stored_atoms.h"

#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

#include "encoding/shard_error.h"
#include "encoding/stored_images.h"
#include "voxel/voxelizer.h"

namespace mmgym {
namespace {

/// The atoms of one view, as the Voxelizer takes them.
struct Atoms {
  std::vector<double> x_A, y_A, z_A;
  std::vector<float> occupancy;
  std::vector<std::uint32_t> channels;

  AtomsView view() const {
    return {x_A.size(),       x_A.data(),      y_A.data(), z_A.data(),
            occupancy.data(), channels.data(), nullptr};
  }
};

std::vector<Atoms> read_atoms(const std::map<std::string, std::vector<std::byte>>& files,
                              const ImageParams& params, int views) {
  const auto array = [&files](const char* name) {
    // Enough for the atoms of the largest image.
    constexpr std::uint64_t kMostNumbers = 16'000'000;
    auto found = stored_array(files, name, kMostNumbers);
    if (!found) throw ShardError(std::string(name) + " is missing");
    return std::move(*found);
  };
  const NpyArray xyz = array("xyz.npy"), channel = array("channel.npy");
  const NpyArray weight = array("weight.npy"), view = array("view.npy");
  const std::size_t count = channel.values.size();
  if (xyz.shape != std::vector<std::uint64_t>{count, 3} || weight.values.size() != count ||
      view.values.size() != count)
    throw ShardError("xyz.npy, channel.npy, weight.npy and view.npy do not have the same atoms");
  for (const double value : xyz.values)
    if (!(std::abs(value) <= 1e9))
      throw ShardError("xyz.npy has a coordinate that no atom can have");
  for (const double value : weight.values)
    if (!(std::abs(value) <= 1e9)) throw ShardError("weight.npy has an invalid occupancy");
  std::vector<Atoms> atoms(static_cast<std::size_t>(views));
  for (std::size_t i = 0; i < count; ++i) {
    if (!(view.values[i] >= 0 && view.values[i] < views))
      throw ShardError("view.npy has a view that does not exist");
    if (!(channel.values[i] >= 0 && channel.values[i] < params.channels))
      throw ShardError("channel.npy has a channel that does not exist");
    Atoms& of_view = atoms[static_cast<std::size_t>(view.values[i])];
    of_view.x_A.push_back(xyz.values[3 * i]);
    of_view.y_A.push_back(xyz.values[3 * i + 1]);
    of_view.z_A.push_back(xyz.values[3 * i + 2]);
    of_view.occupancy.push_back(static_cast<float>(weight.values[i]));
    of_view.channels.push_back(std::uint32_t{1} << static_cast<unsigned>(channel.values[i]));
  }
  return atoms;
}

}  // namespace

std::vector<float> images_of_stored_atoms(
    const std::map<std::string, std::vector<std::byte>>& files, const ImageParams& params,
    double radius_A, int views) {
  const std::vector<Atoms> atoms = read_atoms(files, params, views);
  Voxelizer voxelizer(params, radius_A);
  std::vector<float> images(atoms.size() * params.image_size());
  for (std::size_t view = 0; view < atoms.size(); ++view)
    voxelizer.draw(atoms[view].view(), Frame::Identity(),
                   std::span(images).subspan(view * params.image_size(), params.image_size()));
  return images;
}

}  // namespace mmgym
