#pragma once

#include <hwy/aligned_allocator.h>

#include <cstddef>
#include <vector>

#include "density/sphere_kernel.h"

namespace mmgym {

/// Adds the weighted kernels of a row of voxels to a buffer.
///
/// A row of a sphere kernel along z depends only on its distance from the center, so about four in
/// five rows are duplicates. The weights are convolved once with each distinct row (a profile), and
/// the result is added at every row of the kernel with this profile.
class RowConvolution {
 public:
  /// For rows of `count` weights; the kernel's edge is `kernel.edge`.
  RowConvolution(const SphereKernel& kernel, int count);

  /// The buffer has count + edge - 1 voxels per side, in C order; rows along z are padded.
  std::size_t row_stride() const { return row_stride_; }
  std::size_t plane_stride() const { return row_stride_ * static_cast<std::size_t>(side_); }
  std::size_t buffer_size() const { return plane_stride() * static_cast<std::size_t>(side_); }

  /// Adds `scale` times the kernels of a row of `count` weights. `corner` is the place in the
  /// buffer of the first value of the first weight's kernel. It must be the beginning of a row, and
  /// aligned for vectors.
  void add(const double* weights, double scale, double* corner);

  // For the code that is compiled for every vector width:

  struct Row {
    std::size_t offset;   // from the corner
    std::size_t profile;  // index
  };
  struct Term {
    double weight;
    std::size_t shift;  // offset in each profile for this weight
  };
  const std::vector<Row>& rows() const { return rows_; }
  std::size_t profile_count() const { return profile_count_; }
  const double* profile(std::size_t i) const { return profiles_.data() + i * profile_stride_; }
  const std::vector<Term>& terms() const { return terms_; }
  double* convolved(std::size_t profile) { return convolved_.get() + profile * row_stride_; }

 private:
  int count_;
  int side_;
  std::size_t row_stride_;
  std::size_t profile_stride_;
  std::size_t profile_count_ = 0;
  std::vector<Row> rows_;
  std::vector<double> profiles_;  // each padded with zeros, so that it can be read at any shift
  std::vector<Term> terms_;       // of the current row
  hwy::AlignedFreeUniquePtr<double[]> convolved_;
};

}  // namespace mmgym
