#pragma once

#include <hwy/aligned_allocator.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "density/kernel_profiles.h"
#include "density/sparse_grid.h"

namespace mmgym {

/// Convolves a column of voxels with a sphere kernel: adds its part to a layer of blocks
/// (SparseGrid). The column is as wide as a block along x and y, and as long along z as the kernel
/// reaches from the layer.
///
/// Each row of the column is convolved with each profile of the kernel. The sums of the voxels at
/// the same distance on both sides, and of all voxels up to a distance, are the same for all
/// profiles. A result counts for up to eight rows of the kernel, those at the same distances from
/// its center. It is added to planes, one for each distance along x; a plane is then added to the
/// layer on both sides.
class ColumnConvolution {
 public:
  static constexpr int kEdge = SparseGrid::kEdge;

  explicit ColumnConvolution(const KernelProfiles& kernel);

  /// How many blocks the kernel reaches.
  int reach_blocks() const { return (reach_ + kEdge - 1) / kEdge; }

  /// Empties the column.
  void clear();
  /// Adds the values of a block that is `above` blocks above the layer.
  void put(const SparseGrid::Values& values, int above);

  /// Adds `scale` times the convolved column to the blocks of the layer that are up to
  /// reach_blocks() away along x and y, in C order. Those that it does not reach can be null.
  void add_to(std::span<SparseGrid::Block* const> blocks, double scale);

  // For the code that is compiled for every vector width:

  struct Profile {
    double weight;
    std::size_t same;                  // all voxels up to this distance have the weight
    std::size_t terms_end;             // its other weights follow those of the profile before
    std::vector<std::size_t> targets;  // where in the planes to add the result of row y = 0
  };
  struct Term {
    double weight;
    std::size_t distance;
  };
  std::size_t reach() const { return static_cast<std::size_t>(reach_); }
  const std::vector<Profile>& profiles() const { return profiles_; }
  const std::vector<Term>& terms() const { return terms_; }
  double* pair_sums() { return sums_.get(); }
  double* inner_sums() { return sums_.get() + kEdge * (reach() + 1); }
  double* planes() { return planes_.get(); }

 private:
  /// The place of a row in a plane. The first row that is reached has number 0.
  static std::size_t row_place(int row) { return static_cast<std::size_t>(row) * kEdge; }
  std::size_t plane_size() const { return row_place(kEdge + 2 * reach_); }
  void add_planes(int x, int begin_y, int end_y, std::span<SparseGrid::Block* const> blocks,
                  double scale);

  int reach_;
  std::size_t row_stride_;
  std::vector<Profile> profiles_;
  std::vector<Term> terms_;
  std::vector<double> rows_;  // for each x and y, the column along z
  std::array<bool, static_cast<std::size_t>(kEdge) * kEdge> filled_{};
  hwy::AlignedFreeUniquePtr<double[]> sums_;
  hwy::AlignedFreeUniquePtr<double[]> planes_;  // for each y that is reached, a row of the layer
};

}  // namespace mmgym
