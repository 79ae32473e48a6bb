#include "density/density_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/errors.h"
#include "density/row_convolution.h"
#include "density/sphere_kernel.h"

namespace mmgym {
namespace {

/// Convolves block by block. Adds the kernels of a block's voxels in a buffer that is larger than
/// the block by the kernel's reach on each side, then adds the buffer to the blocks that it covers.
class Convolution {
 public:
  explicit Convolution(const SphereKernel& kernel)
      : reach_(kernel.edge / 2),
        edge_(SparseGrid::kEdge + 2 * reach_),
        rows_(kernel, SparseGrid::kEdge),
        buffer_(hwy::AllocateAligned<double>(rows_.buffer_size())) {}

  void add(const SparseGrid::Block& source, double scale, SparseGrid& target) {
    std::fill_n(buffer_.get(), rows_.buffer_size(), 0.0);
    const double* row = source.values.data();
    for (int x = 0; x < SparseGrid::kEdge; ++x)
      for (int y = 0; y < SparseGrid::kEdge; ++y, row += SparseGrid::kEdge)
        rows_.add(row, scale, &buffer_[index(x, y, 0)]);
    add_buffer(source.corner.array() - reach_, target);
  }

 private:
  std::size_t index(int x, int y, int z) const {
    return x * rows_.plane_stride() + y * rows_.row_stride() + z;
  }

  /// Adds the buffer, whose first voxel is `corner`, to the blocks that it covers.
  void add_buffer(const Eigen::Vector3i& corner, SparseGrid& target) {
    constexpr int kEdge = SparseGrid::kEdge;
    const Eigen::Vector3i end = corner.array() + edge_;
    const auto block_start = [](int voxel) { return voxel & ~(kEdge - 1); };
    for (int bx = block_start(corner.x()); bx < end.x(); bx += kEdge)
      for (int by = block_start(corner.y()); by < end.y(); by += kEdge)
        for (int bz = block_start(corner.z()); bz < end.z(); bz += kEdge) {
          auto& values = target.block_at({bx, by, bz}).values;
          const int z0 = std::max(bz, corner.z());
          const int z1 = std::min(bz + kEdge, end.z());
          for (int x = std::max(bx, corner.x()); x < std::min(bx + kEdge, end.x()); ++x)
            for (int y = std::max(by, corner.y()); y < std::min(by + kEdge, end.y()); ++y) {
              const double* from = &buffer_[index(x - corner.x(), y - corner.y(), z0 - corner.z())];
              double* to = &values[((x - bx) * kEdge + y - by) * kEdge + z0 - bz];
              for (int z = z0; z < z1; ++z) *to++ += *from++;
            }
        }
  }

  int reach_;
  int edge_;
  RowConvolution rows_;
  hwy::AlignedFreeUniquePtr<double[]> buffer_;
};

/// Throws InputError if kernels that reach `reach` voxels from the atoms cover too many blocks.
void check_size(std::span<const Eigen::Vector3d> positions_A, double voxel_size_A, int reach) {
  const std::size_t most_voxels =
      std::max(std::size_t{1} << 26, DensityMap::kMostVoxelsPerAtom * positions_A.size());
  std::unordered_set<std::uint64_t> sources;
  std::unordered_set<std::uint64_t> targets;
  for (const auto& position_A : positions_A) {
    const Eigen::Vector3i block = SparseGrid::block_cell(cell_of(position_A, voxel_size_A));
    if (!sources.insert(cell_key(block)).second) continue;
    const Eigen::Vector3i corner = block * SparseGrid::kEdge;
    const Eigen::Vector3i first = SparseGrid::block_cell(corner.array() - reach);
    const Eigen::Vector3i last =
        SparseGrid::block_cell(corner.array() + SparseGrid::kEdge - 1 + reach);
    for (int x = first.x(); x <= last.x(); ++x)
      for (int y = first.y(); y <= last.y(); ++y)
        for (int z = first.z(); z <= last.z(); ++z)
          targets.insert(cell_key(Eigen::Vector3i(x, y, z)));
    if (targets.size() * SparseGrid::kVolume > most_voxels)
      throw InputError(fmt::format(
          "too far apart: the densities around {} atoms have more than {} voxels; greater voxels "
          "(--density-check-voxel-size) may help",
          positions_A.size(), most_voxels));
  }
}

/// Returns the box around the voxels of a block that are not 0 and `margin` voxels on each side. If
/// all are 0, the box contains nothing that matters.
DensityMap::Region filled_region(const SparseGrid::Block& block, int margin, double voxel_size_A) {
  constexpr int kEdge = SparseGrid::kEdge;
  Eigen::Array3i low = Eigen::Array3i::Constant(kEdge);
  Eigen::Array3i high = Eigen::Array3i::Constant(-1);
  for (int x = 0; x < kEdge; ++x)
    for (int y = 0; y < kEdge; ++y)
      for (int z = 0; z < kEdge; ++z) {
        if (block.values[(x * kEdge + y) * kEdge + z] == 0) continue;
        low = low.min(Eigen::Array3i(x, y, z));
        high = high.max(Eigen::Array3i(x, y, z));
      }
  const Eigen::Array3i corner = block.corner.array();
  return {(corner + low - margin).cast<double>() * voxel_size_A,
          (corner + high + 1 + margin).cast<double>() * voxel_size_A};
}

}  // namespace

DensityMap::DensityMap(std::span<const Eigen::Vector3d> positions_A,
                       std::span<const double> occupancies, double radius_A, double voxel_size_A)
    : voxel_size_A_(voxel_size_A) {
  if (positions_A.empty()) return;

  const SphereKernel kernel = make_sphere_kernel(radius_A / voxel_size_A);
  const int reach = kernel.edge / 2;
  check_size(positions_A, voxel_size_A, reach);

  SparseGrid counts;
  lowest_voxel_ = cell_of(positions_A[0], voxel_size_A);
  highest_voxel_ = lowest_voxel_;
  for (std::size_t i = 0; i < positions_A.size(); ++i) {
    const Eigen::Vector3i voxel = cell_of(positions_A[i], voxel_size_A);
    lowest_voxel_ = lowest_voxel_.cwiseMin(voxel);
    highest_voxel_ = highest_voxel_.cwiseMax(voxel);
    counts.block_at(voxel).values[SparseGrid::index_in_block(voxel)] += occupancies[i];
  }
  lowest_voxel_.array() -= reach;
  highest_voxel_.array() += reach;

  const double voxels_per_nm3 = 1000 / (voxel_size_A * voxel_size_A * voxel_size_A);
  Convolution convolution(kernel);
  for (const auto* block : counts.blocks()) {
    convolution.add(*block, voxels_per_nm3, densities_);
    // Interpolation reaches half a voxel further than the kernel. The rest is for rounding.
    regions_.push_back(filled_region(*block, reach + 1, voxel_size_A));
  }
  for (const auto* block : densities_.blocks())
    max_ = std::max(
        max_,
        Eigen::Map<const Eigen::ArrayXd>(block->values.data(), SparseGrid::kVolume).maxCoeff());
}

double DensityMap::at(const Eigen::Vector3d& point_A) const {
  const Eigen::Array3d from_center = point_A.array() / voxel_size_A_ - 0.5;
  const Eigen::Array3d lowest = lowest_voxel_.cast<double>().array();
  const Eigen::Array3d highest = highest_voxel_.cast<double>().array();
  if (!(from_center >= lowest).all() || !(from_center <= highest).all()) return 0;

  const Eigen::Vector3i voxel = from_center.floor().cast<int>();  // within the range of voxels
  const Eigen::Array3d t = from_center - voxel.cast<double>().array();
  // Usually, the eight voxels around a point are in one block.
  const SparseGrid::Block* home = densities_.find_block(voxel);
  const auto value = [&](const Eigen::Vector3i& at_voxel) {
    const bool at_home = SparseGrid::block_cell(at_voxel) == SparseGrid::block_cell(voxel);
    const SparseGrid::Block* block = at_home ? home : densities_.find_block(at_voxel);
    return block == nullptr ? 0.0 : block->values[SparseGrid::index_in_block(at_voxel)];
  };
  double density = 0;
  for (int x = 0; x < 2; ++x)
    for (int y = 0; y < 2; ++y)
      for (int z = 0; z < 2; ++z) {
        const double weight =
            (x ? t.x() : 1 - t.x()) * (y ? t.y() : 1 - t.y()) * (z ? t.z() : 1 - t.z());
        if (weight != 0) density += weight * value(voxel + Eigen::Vector3i(x, y, z));
      }
  return density;
}

}  // namespace mmgym
