#include "density/density_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_set>

#include "base/errors.h"
#include "base/ordered_work.h"
#include "density/column_convolution.h"
#include "density/kernel_profiles.h"
#include "density/sphere_kernel.h"

namespace mmgym {
namespace {

using Block = SparseGrid::Block;

/// The box of the voxels of a block that are not 0. If all are 0, any box will do.
struct Filled {
  Eigen::Array3i low = Eigen::Array3i::Constant(SparseGrid::kEdge);
  Eigen::Array3i high = Eigen::Array3i::Constant(-1);

  explicit Filled(const Block& block) {
    constexpr int kEdge = SparseGrid::kEdge;
    const double* value = block.values.data();
    for (int x = 0; x < kEdge; ++x)
      for (int y = 0; y < kEdge; ++y)
        for (int z = 0; z < kEdge; ++z) {
          if (*value++ == 0) continue;
          low = low.min(Eigen::Array3i(x, y, z));
          high = high.max(Eigen::Array3i(x, y, z));
        }
    low += block.corner.array();
    high += block.corner.array();
  }
};

/// Calls visit(cell) for the blocks of a box of voxels, by their coordinates in blocks.
template <typename Visit>
void for_each_block(const Eigen::Array3i& low, const Eigen::Array3i& high, Visit visit) {
  const Eigen::Vector3i first = SparseGrid::block_cell(low);
  const Eigen::Vector3i last = SparseGrid::block_cell(high);
  for (int x = first.x(); x <= last.x(); ++x)
    for (int y = first.y(); y <= last.y(); ++y)
      for (int z = first.z(); z <= last.z(); ++z) visit(Eigen::Vector3i(x, y, z));
}

/// Counts the blocks that the kernels of voxels in some blocks can reach.
class ReachedBlocks {
 public:
  ReachedBlocks(std::size_t atoms, int reach) : atoms_(atoms), reach_(reach) {}

  /// Throws InputError if there are too many.
  void add(const Block& block) {
    const Eigen::Array3i corner = block.corner.array();
    for_each_block(corner - reach_, corner + SparseGrid::kEdge - 1 + reach_,
                   [&](const auto& cell) { cells_.insert(cell_key(cell)); });
    const std::size_t most_voxels =
        std::max(std::size_t{1} << 26, DensityMap::kMostVoxelsPerAtom * atoms_);
    if (cells_.size() * SparseGrid::kVolume > most_voxels)
      throw InputError(fmt::format(
          "too far apart: the densities around {} atoms have more than {} voxels; greater voxels "
          "(--density-check-voxel-size) may help",
          atoms_, most_voxels));
  }

 private:
  std::size_t atoms_;
  int reach_;
  std::unordered_set<std::uint64_t> cells_;
};

/// The blocks at the same height along z.
struct Layer {
  std::vector<Block*> blocks;
  std::set<std::pair<int, int>> columns;  // x and y of those from which kernels reach it, in blocks
};

/// Sets the densities of a layer. Returns the highest.
double convolve(const SparseGrid& counts, const KernelProfiles& kernel, double scale, int height,
                const Layer& layer, const SparseGrid& densities) {
  ColumnConvolution convolution(kernel);
  const int reach = convolution.reach_blocks();
  for (auto* block : layer.blocks) block->values.fill(0);
  std::vector<Block*> targets;
  for (const auto& [x, y] : layer.columns) {
    convolution.clear();
    for (int above = -reach; above <= reach; ++above)
      if (const auto* block = counts.find_cell({x, y, height + above}))
        convolution.put(block->values, above);
    targets.clear();
    for (int dx = -reach; dx <= reach; ++dx)
      for (int dy = -reach; dy <= reach; ++dy)
        targets.push_back(densities.find_cell({x + dx, y + dy, height}));
    convolution.add_to(targets, scale);
  }
  double max = 0;
  for (const auto* block : layer.blocks)
    max = std::max(
        max,
        Eigen::Map<const Eigen::ArrayXd>(block->values.data(), SparseGrid::kVolume).maxCoeff());
  return max;
}

}  // namespace

DensityMap::DensityMap(std::span<const Eigen::Vector3d> positions_A,
                       std::span<const double> occupancies, double radius_A, double voxel_size_A,
                       ThreadTimes* times)
    : voxel_size_A_(voxel_size_A) {
  if (positions_A.empty()) return;

  const KernelProfiles kernel = profiles_of(make_sphere_kernel(radius_A / voxel_size_A));
  const int reach = kernel.reach;

  SparseGrid counts;
  ReachedBlocks reached(positions_A.size(), reach);
  lowest_voxel_ = cell_of(positions_A[0], voxel_size_A);
  highest_voxel_ = lowest_voxel_;
  for (std::size_t i = 0; i < positions_A.size(); ++i) {
    const Eigen::Vector3i voxel = cell_of(positions_A[i], voxel_size_A);
    lowest_voxel_ = lowest_voxel_.cwiseMin(voxel);
    highest_voxel_ = highest_voxel_.cwiseMax(voxel);
    const std::size_t blocks = counts.blocks().size();
    Block& block = counts.block_at(voxel);
    if (counts.blocks().size() > blocks) reached.add(block);
    block.values[SparseGrid::index_in_block(voxel)] += occupancies[i];
  }
  lowest_voxel_.array() -= reach;
  highest_voxel_.array() += reach;

  std::map<int, Layer> layers;  // by height in blocks
  for (const auto* block : counts.blocks()) {
    const Filled filled(*block);
    const Eigen::Vector3i column = SparseGrid::block_cell(block->corner);
    for_each_block(filled.low - reach, filled.high + reach, [&](const Eigen::Vector3i& cell) {
      Layer& layer = layers[cell.z()];
      layer.columns.emplace(column.x(), column.y());
      if (densities_.find_cell(cell) == nullptr) layer.blocks.push_back(&densities_.create(cell));
    });
    // Interpolation reaches half a voxel further than the kernel. The rest is for rounding.
    const int margin = reach + 1;
    regions_.push_back({(filled.low - margin).cast<double>() * voxel_size_A,
                        (filled.high + 1 + margin).cast<double>() * voxel_size_A});
  }

  const double voxels_per_nm3 = 1000 / (voxel_size_A * voxel_size_A * voxel_size_A);
  std::vector<const std::pair<const int, Layer>*> order;
  for (const auto& layer : layers) order.push_back(&layer);
  std::vector<double> max(order.size());
  share_work(order.size(), [&](std::size_t i) {
    const StageTimer timer(times, Stage::density_layers);
    const auto& [height, layer] = *order[i];
    max[i] = convolve(counts, kernel, voxels_per_nm3, height, layer, densities_);
  });
  for (const double layer_max : max) max_ = std::max(max_, layer_max);
}

double DensityMap::at(const Eigen::Vector3d& point_A) const {
  const Eigen::Array3d from_center = point_A.array() / voxel_size_A_ - 0.5;
  const Eigen::Array3d lowest = lowest_voxel_.cast<double>().array();
  const Eigen::Array3d highest = highest_voxel_.cast<double>().array();
  if (!(from_center >= lowest).all() || !(from_center <= highest).all()) return 0;

  const Eigen::Vector3i voxel = from_center.floor().cast<int>();  // within the range of voxels
  const Eigen::Array3d t = from_center - voxel.cast<double>().array();
  const auto weight = [&t](int x, int y, int z) {
    return (x ? t.x() : 1 - t.x()) * (y ? t.y() : 1 - t.y()) * (z ? t.z() : 1 - t.z());
  };
  constexpr int kLast = SparseGrid::kEdge - 1;
  double density = 0;
  if ((voxel.unaryExpr([](int i) { return i & kLast; }).array() != kLast).all()) {
    // Usually, the eight voxels around a point are in one block.
    const SparseGrid::Block* block = densities_.find_block(voxel);
    if (block == nullptr) return 0;
    const double* const values = &block->values[SparseGrid::index_in_block(voxel)];
    for (int x = 0; x < 2; ++x)
      for (int y = 0; y < 2; ++y)
        for (int z = 0; z < 2; ++z)
          density += weight(x, y, z) * values[(x * SparseGrid::kEdge + y) * SparseGrid::kEdge + z];
    return density;
  }
  for (int x = 0; x < 2; ++x)
    for (int y = 0; y < 2; ++y)
      for (int z = 0; z < 2; ++z)
        if (weight(x, y, z) != 0)
          density += weight(x, y, z) * densities_.value(voxel + Eigen::Vector3i(x, y, z));
  return density;
}

}  // namespace mmgym
