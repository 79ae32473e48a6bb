#include "encoding/encode_sample.h"

#include <array>
#include <utility>

#include "base/errors.h"
#include "encoding/atoms_npz.h"
#include "encoding/gzip.h"
#include "encoding/npy.h"
#include "encoding/sample_json.h"
#include "voxel/float16.h"

namespace mmgym {
namespace {

void check_format(const SampleParameters& parameters, const SampleFormat& format) {
  if (format.encoding == Encoding::sparse && parameters.normalized())
    throw UsageError(
        "--encoding sparse: normalized voxels without atoms are not 0; use --encoding dense, or "
        "normalize images when they are read");
  if (format.encoding == Encoding::atoms && format.dtype != Dtype::float32)
    throw UsageError("--encoding atoms: atoms are stored as float32; remove --dtype");
}

}  // namespace

void set_content(const SampleFormat& format, bool sums, SampleParameters& parameters) {
  parameters.with_atom_list = format.encoding == Encoding::atoms;
  parameters.with_images = sums || format.encoding != Encoding::atoms;
}

std::vector<std::uint64_t> image_shape(const SampleParameters& parameters, int channels) {
  const auto length = static_cast<std::uint64_t>(parameters.length_voxels);
  std::vector<std::uint64_t> shape;
  if (parameters.task == Task::neighbor) shape.push_back(2);
  shape.insert(shape.end(), {static_cast<std::uint64_t>(channels), length, length, length});
  return shape;
}

SampleEncoder::SampleEncoder(const SampleParameters& parameters, int channels,
                             const SampleFormat& format, bool sums)
    : parameters_(parameters),
      channels_(channels),
      format_(format),
      sums_(sums),
      dtype_(format.dtype == Dtype::float32 ? "<f4" : "<f2"),
      dense_header_(npy_header(dtype_, image_shape(parameters, channels))) {
  check_format(parameters, format);
}

SampleRecord SampleEncoder::encode(const std::shared_ptr<Sample>& sample) {
  SampleRecord record;
  record.index = sample->index;
  std::shared_ptr<NonzeroVoxels> nonzero;
  if (sums_ || format_.encoding == Encoding::sparse) nonzero = nonzero_.get();
  if (format_.encoding == Encoding::sparse)
    nonzero->take(sample->images);
  else if (sums_)
    nonzero->find(sample->images);
  if (sums_) record.channel_sums = channel_sums(*nonzero, sample->images.voxels().size());
  if (format_.encoding == Encoding::atoms)
    add_atoms(sample, record);
  else
    add_images(sample, nonzero, record);
  if (parameters_.task == Task::neighbor)
    record.members.push_back({"cls", {OwnedBytes(std::to_string(sample->label))}});
  record.members.push_back({"json", {OwnedBytes(sample_json(*sample, parameters_))}});
  if (parameters_.with_atoms)
    record.members.push_back({"atoms.npz", {OwnedBytes(atoms_npz(*sample))}});
  return record;
}

void SampleEncoder::add_images(const std::shared_ptr<const Sample>& sample,
                               const std::shared_ptr<const NonzeroVoxels>& nonzero,
                               SampleRecord& record) {
  if (format_.encoding == Encoding::dense)
    return add_array("npy", {dense_header_, numbers(sample, sample->images.voxels())}, record);
  const std::vector<std::uint64_t> shape = {nonzero->size()};
  add_array("idx.npy",
            {OwnedBytes(npy_header("<u4", shape)),
             OwnedBytes(nonzero, std::as_bytes(nonzero->indices()))},
            record);
  add_array("val.npy", {OwnedBytes(npy_header(dtype_, shape)), numbers(nonzero, nonzero->values())},
            record);
}

void SampleEncoder::add_atoms(const std::shared_ptr<const Sample>& sample,
                              SampleRecord& record) const {
  const AtomList& atoms = sample->atom_list;
  const std::uint64_t count = atoms.size();
  const auto add = [&](const char* extension, const char* dtype, const auto& values) {
    add_array(extension,
              {OwnedBytes(npy_header(dtype, std::array{count})),
               OwnedBytes(sample, std::as_bytes(std::span(values)))},
              record);
  };
  const auto xyz_A = std::make_shared<std::vector<float>>(atoms.xyz_A.begin(), atoms.xyz_A.end());
  add_array("xyz.npy",
            {OwnedBytes(npy_header("<f4", std::array<std::uint64_t, 2>{count, 3})),
             OwnedBytes(xyz_A, std::as_bytes(std::span(*xyz_A)))},
            record);
  add("channel.npy", "|u1", atoms.channel);
  add("weight.npy", "<f4", atoms.weight);
  add("view.npy", "|u1", atoms.view);
}

OwnedBytes SampleEncoder::numbers(std::shared_ptr<const void> owner,
                                  std::span<const float> values) {
  if (format_.dtype == Dtype::float32) return {std::move(owner), std::as_bytes(values)};
  auto halves = halves_.get();
  halves->resize(values.size());
  to_float16(values, *halves);
  const ByteSpan bytes = std::as_bytes(std::span(*halves));
  return {std::move(halves), bytes};
}

void SampleEncoder::add_array(const char* extension, std::vector<OwnedBytes> parts,
                              SampleRecord& record) const {
  if (format_.compression == Compression::none)
    record.members.push_back({extension, std::move(parts)});
  else
    record.members.push_back({std::string(extension) + ".gz", {OwnedBytes(gzip(parts))}});
}

std::vector<ChannelSum> SampleEncoder::channel_sums(const NonzeroVoxels& nonzero,
                                                    std::size_t image_size) const {
  const auto channels = static_cast<std::size_t>(channels_);
  const std::size_t views = static_cast<std::size_t>(parameters_.views());
  const std::size_t voxels = image_size / (views * channels);
  std::vector<ChannelSum> sums(channels);
  // Voxels of 0 add nothing. The order of the sums is always the same.
  std::size_t i = 0;
  for (std::size_t channel = 0; channel < views * channels; ++channel) {
    ChannelSum sum{voxels, 0, 0};
    for (; i < nonzero.size() && nonzero.indices()[i] < (channel + 1) * voxels; ++i) {
      const double value = nonzero.values()[i];
      sum.sum += value;
      sum.sum_of_squares += value * value;
    }
    sums[channel % channels] += sum;
  }
  return sums;
}

}  // namespace mmgym
