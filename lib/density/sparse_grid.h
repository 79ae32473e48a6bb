#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "geometry/cell_list.h"

namespace mmgym {

/// Values on an unbounded grid of voxels, stored in blocks of 16^3 voxels that exist only where a
/// value was written. So memory does not depend on the distance between the copies of an assembly.
class SparseGrid {
 public:
  static constexpr int kEdge = 16;
  static constexpr int kVolume = kEdge * kEdge * kEdge;
  using Values = std::array<double, kVolume>;  // C order: x, y, z

  struct Block {
    alignas(64) Values values;  // for vectors
    Eigen::Vector3i corner;     // its lowest voxel
  };

  /// Returns the block of a voxel. Creates it, filled with zeros, if it does not exist.
  Block& block_at(const Eigen::Vector3i& voxel) {
    const Eigen::Vector3i cell = block_cell(voxel);
    const std::uint64_t key = cell_key(cell);
    if (last_ != nullptr && key == last_key_) return *last_;
    last_ = find_cell(cell);
    if (last_ == nullptr) {
      last_ = &create(cell);
      last_->values.fill(0);
    }
    last_key_ = key;
    return *last_;
  }

  /// Creates a block that does not exist, by its coordinates in blocks. Its values are undefined.
  Block& create(const Eigen::Vector3i& cell) {
    std::unique_ptr<Block>& slot = block_of_[cell_key(cell)];
    slot = std::make_unique_for_overwrite<Block>();
    slot->corner = cell * kEdge;
    blocks_.push_back(slot.get());
    return *slot;
  }

  /// Returns a block by its coordinates in blocks, or nullptr if it does not exist.
  Block* find_cell(const Eigen::Vector3i& cell) const {
    const auto found = block_of_.find(cell_key(cell));
    return found == block_of_.end() ? nullptr : found->second.get();
  }

  /// Returns the block of a voxel, or nullptr if it does not exist.
  const Block* find_block(const Eigen::Vector3i& voxel) const {
    return find_cell(block_cell(voxel));
  }

  /// Returns the value of a voxel, 0 if its block does not exist.
  double value(const Eigen::Vector3i& voxel) const {
    const Block* block = find_block(voxel);
    return block == nullptr ? 0 : block->values[index_in_block(voxel)];
  }

  /// Blocks in the order of creation.
  const std::vector<Block*>& blocks() const { return blocks_; }

  static int index_in_block(const Eigen::Vector3i& voxel) {
    const auto low = [](int i) { return i & (kEdge - 1); };
    return (low(voxel.x()) * kEdge + low(voxel.y())) * kEdge + low(voxel.z());
  }

  /// Coordinates of the block of a voxel, in blocks.
  static Eigen::Vector3i block_cell(const Eigen::Vector3i& voxel) {
    static_assert(kEdge == 16);
    return {voxel.x() >> 4, voxel.y() >> 4, voxel.z() >> 4};
  }

 private:
  std::unordered_map<std::uint64_t, std::unique_ptr<Block>> block_of_;
  std::vector<Block*> blocks_;
  std::uint64_t last_key_ = 0;
  Block* last_ = nullptr;
};

}  // namespace mmgym
