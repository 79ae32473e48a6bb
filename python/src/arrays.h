#pragma once

#include <nanobind/nanobind.h>

#include <memory>
#include <vector>

#include "batches/batch.h"

namespace mmgym::python {

/// Returns the arrays of a batch as NumPy arrays, without copying: (images, labels, indices), or
/// (xyz, channel, weight, image, labels, indices) for atoms. labels is None for single views. The
/// memory goes back to its pool when the last array is gone.
/// `image_shape` is the shape of the images of one sample.
nanobind::tuple arrays_of(const std::shared_ptr<const Batch>& batch, const BatchFormat& format,
                          const std::vector<std::uint64_t>& image_shape);

}  // namespace mmgym::python
