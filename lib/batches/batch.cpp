#include "batches/batch.h"

#include <algorithm>

#include "base/errors.h"
#include "sampling/image_memory.h"
#include "voxel/copy_image.h"
#include "voxel/float16.h"

namespace mmgym {
namespace {

/// Batches of at least this size are not in the caches when they are read.
constexpr std::size_t kLargeBatch = std::size_t{4} << 20;

}  // namespace

void check(const BatchFormat& format) {
  const BatchDtype wrong = format.atoms ? BatchDtype::float16 : BatchDtype::float64;
  if (format.dtype == wrong)
    throw UsageError("dtype: " + std::string(format.atoms ? "atoms" : "images") + " cannot be " +
                     std::string(name_of(wrong)));
}

void set_content(const BatchFormat& format, SampleParameters& parameters) {
  parameters.with_atom_list = format.atoms;
  parameters.with_images = !format.atoms;
}

void Batch::reset(const BatchFormat& format, const SampleParameters& parameters, int channels,
                  std::size_t samples) {
  format_ = format;
  views_ = parameters.views();
  voxels_ = image_voxels(parameters, channels);
  indices.resize(samples);
  labels.resize(parameters.task == Task::neighbor ? samples : 0);
  if (format.atoms)
    atoms_.resize(samples);
  else if (format.dtype == BatchDtype::float32)
    images.resize(samples * voxels_);
  else
    half_images.resize(samples * voxels_);
}

void Batch::put(std::size_t i, const Sample& sample) {
  indices[i] = static_cast<std::int64_t>(sample.index);
  if (!labels.empty()) labels[i] = sample.label;
  if (format_.atoms) {
    atoms_[i] = sample.atom_list;
    return;
  }
  const auto voxels = sample.images.voxels();
  const std::size_t begin = i * voxels_;
  if (format_.dtype == BatchDtype::float32)
    copy_image(voxels, std::span(images.data() + begin, voxels_));
  else
    to_float16(voxels, std::span(half_images.data() + begin, voxels_));
}

void Batch::copy_image(std::span<const float> voxels, std::span<float> place) const {
  if (images.size() * sizeof(float) < kLargeBatch)
    std::ranges::copy(voxels, place.begin());
  else
    copy_past_caches(voxels, place);
}

void Batch::finish() {
  if (!format_.atoms) return;
  xyz_A.clear();
  double_xyz_A.clear();
  weight.clear();
  channel.clear();
  image.clear();
  std::int32_t first_image = 0;
  const auto append = [](const auto& from, auto& to) {
    to.insert(to.end(), from.begin(), from.end());
  };
  for (const AtomList& atoms : atoms_) {
    if (format_.dtype == BatchDtype::float32)
      append(atoms.xyz_A, xyz_A);
    else
      append(atoms.xyz_A, double_xyz_A);
    append(atoms.channel, channel);
    append(atoms.weight, weight);
    for (const std::uint8_t view : atoms.view) image.push_back(first_image + view);
    first_image += views_;
  }
}

}  // namespace mmgym
