#pragma once

#include "sampling/sample_maker.h"
#include "shards/sample_record.h"

namespace mmgym {

/// A sample as members of a shard:
///
///     KEY.npy   images, float32: (2, C, L, L, L) for the neighbor task, else (C, L, L, L)
///     KEY.cls   label, decimal text; neighbor task only
///     KEY.json  where it comes from: index, zone_id, pdb_id, model_id, assembly_pdb_id, split (or
///               null), zone_center_A, frame_ia and, in the neighbor task, frame_ab (4 rows of 4
///               numbers each), atoms_drawn (one number per view)
SampleRecord encode_sample(const Sample& sample, const SampleParameters& parameters, int channels);

/// The shape of KEY.npy.
std::vector<std::uint64_t> image_shape(const SampleParameters& parameters, int channels);

}  // namespace mmgym
