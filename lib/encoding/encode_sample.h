#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/object_pool.h"
#include "encoding/sample_format.h"
#include "encoding/sample_record.h"
#include "sampling/sample_maker.h"
#include "voxel/nonzero.h"

namespace mmgym {

/// Encodes samples as the members of a shard:
///
///     KEY.npy   images, C order: (2, C, L, L, L) for the neighbor task, else (C, L, L, L); float32
///               or float16 (rounded to the nearest, ties to even)
///     KEY.cls   label, decimal text; neighbor task only
///     KEY.json  origin: index, zone_id, pdb_id, model_id, assembly_pdb_id, split (or
///               null), zone_center_A, frame_ia and, in the neighbor task, frame_ab (4 rows of 4
///               numbers each), atoms_drawn (one number per view)
///     KEY.atoms.npz  with --with-atoms: the drawn atoms (atoms_npz.h)
///
/// With Encoding::sparse, two members take the place of KEY.npy:
///
///     KEY.idx.npy  uint32, the flat indices of the nonzero voxels, ascending
///     KEY.val.npy  their values, float32 or float16
///
/// With Encoding::atoms, there are no images but what they are drawn from, one entry for each atom
/// and channel (n), view by view (atom_list.h):
///
///     KEY.xyz.npy      float32 (n, 3), angstrom, in the frame of the view, the image's center at 0
///     KEY.channel.npy  uint8
///     KEY.weight.npy   float32, the occupancy
///     KEY.view.npy     uint8, 0 home, 1 neighbor
///
/// Compression::gzip adds .gz to the names of all these: KEY.npy.gz, KEY.idx.npy.gz and so on.
///
/// Thread-safe.
class SampleEncoder {
 public:
  /// With `sums`, records contain sums over each channel's voxels (before rounding to float16).
  /// Throws UsageError if the format cannot express samples of these parameters.
  SampleEncoder(const SampleParameters& parameters, int channels, const SampleFormat& format,
                bool sums);

  /// The record shares the sample, which must not change until the record is gone. Erases the
  /// images of a sparse record, because it has their voxels.
  SampleRecord encode(const std::shared_ptr<Sample>& sample);

 private:
  void add_images(const std::shared_ptr<const Sample>& sample,
                  const std::shared_ptr<const NonzeroVoxels>& nonzero, SampleRecord& record);
  void add_atoms(const std::shared_ptr<const Sample>& sample, SampleRecord& record) const;
  OwnedBytes numbers(std::shared_ptr<const void> owner, std::span<const float> values);
  void add_array(const char* extension, std::vector<OwnedBytes> parts, SampleRecord& record) const;
  std::vector<ChannelSum> channel_sums(const NonzeroVoxels& nonzero, std::size_t image_size) const;

  SampleParameters parameters_;
  int channels_;
  SampleFormat format_;
  bool sums_;
  std::string dtype_;
  OwnedBytes dense_header_;
  ObjectPool<NonzeroVoxels> nonzero_;
  ObjectPool<std::vector<std::uint16_t>> halves_;
};

/// Sets which parts of samples are made: those that the format stores and, with `sums`, images.
void set_content(const SampleFormat& format, bool sums, SampleParameters& parameters);

/// The shape of KEY.npy.
std::vector<std::uint64_t> image_shape(const SampleParameters& parameters, int channels);

}  // namespace mmgym
