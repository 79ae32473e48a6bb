#include "voxel/voxelizer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>

#include "base/errors.h"
#include "voxel/large_overlap.h"
#include "voxel/other_balls.h"

namespace mmgym {
namespace {

constexpr double kSmallestRadius_A = 1e-6;

/// Whether the fill depends on the overlap of ball and voxel.
bool is_overlap(Fill fill) { return fill != Fill::nearest && fill != Fill::gaussian; }

double ball_volume(double radius) { return 4 * std::numbers::pi / 3 * (radius * radius * radius); }

}  // namespace

Voxelizer::Voxelizer(const ImageParams& params, double radius_A)
    : params_(params), radius_A_(radius_A) {
  check(params);
  if (!(radius_A >= kSmallestRadius_A) || !std::isfinite(radius_A))
    throw UsageError("the atom radius must be a positive length in Å, not " +
                     std::to_string(radius_A));
  row_.resize(static_cast<std::size_t>(params.grid.length_voxels) + kernels::Canvas::kRowPadding);
}

kernels::View Voxelizer::view_from(const Frame& frame) const {
  kernels::View view{};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column)
      view.rotation[3 * row + column] = frame.linear()(row, column);
    view.translation[row] = frame.translation()[row] - params_.grid.center_A[row];
  }
  view.half_edge_A = 0.5 * params_.grid.edge_A();
  view.resolution_A = params_.grid.resolution_A;
  view.length_voxels = params_.grid.length_voxels;
  return view;
}

std::uint32_t Voxelizer::channel_mask() const {
  return std::numeric_limits<std::uint32_t>::max() >>
         (ImageParams::kMaxChannels - params_.channels);
}

kernels::Reach Voxelizer::ball_reach() const {
  const double factor = reach_in_radii(params_.fill);
  return {factor * radius_A_, factor};
}

kernels::Reach Voxelizer::reach() const {
  // With Fill::nearest the atom is in the voxel, so a reach of one voxel edge is more than enough.
  if (params_.fill == Fill::nearest) return {params_.grid.resolution_A, 0};
  return ball_reach();
}

/// Calls use() for each block of atoms that reach the image and have a channel. Atoms of all groups
/// share blocks, because few atoms of a group may reach the image.
template <typename Use>
void Voxelizer::for_each_block(std::span<const AtomsView> groups, const kernels::View& view,
                               const kernels::Reach& reach, Use use) {
  groups_.assign(groups.begin(), groups.end());
  if (params_.fill == Fill::nearest)
    for (AtomsView& atoms : groups_) atoms.radius_A = nullptr;
  for (const AtomsView& atoms : groups_)
    if (atoms.runs != nullptr) atoms.runs->prefetch();
  std::size_t run_count = 0;
  for (std::size_t group = 0; group < groups_.size(); ++group) {
    const std::size_t most = run_count + groups_[group].count / AtomRuns::kLength + 1;
    if (runs_.size() < most) runs_.resize(most);
    run_count += kernels::find_runs(view, groups_[group], static_cast<std::uint32_t>(group), reach,
                                    runs_.data() + run_count);
  }
  const std::uint32_t mask = channel_mask();
  block_.count = 0;
  for (std::size_t run = 0; run < run_count;) {
    const std::size_t room = (kernels::kBlock - block_.count) / AtomRuns::kLength;
    if (room == 0) {
      use();
      block_.count = 0;
      continue;
    }
    const std::size_t runs = std::min(room, run_count - run);
    kernels::cull(view, groups_.data(), runs_.data() + run, runs, reach, mask, block_);
    run += runs;
  }
  if (block_.count > 0) use();
}

std::size_t Voxelizer::list(std::span<const AtomsView> groups, const Frame& frame,
                            std::uint8_t view, AtomList& list, std::vector<AtomId>* listed) {
  std::size_t total = 0;
  for_each_block(groups, view_from(frame), ball_reach(), [&] {
    total += block_.count;
    for (std::size_t i = 0; i < block_.count; ++i) {
      if (listed != nullptr)
        listed->push_back({block_.group[i], static_cast<std::size_t>(block_.index[i])});
      for (std::uint32_t rest = block_.channels[i]; rest != 0; rest &= rest - 1) {
        list.xyz_A.insert(list.xyz_A.end(), {block_.x_A[i], block_.y_A[i], block_.z_A[i]});
        list.channel.push_back(static_cast<std::uint8_t>(std::countr_zero(rest)));
        list.weight.push_back(block_.occupancy[i]);
        list.view.push_back(view);
      }
    }
  });
  return total;
}

std::size_t Voxelizer::draw(std::span<const AtomsView> groups, const Frame& frame,
                            std::span<float> image, std::vector<Footprint>* footprints,
                            std::vector<AtomId>* drawn) {
  if (image.size() != params_.image_size())
    throw std::invalid_argument("the image has " + std::to_string(image.size()) + " voxels, not " +
                                std::to_string(params_.image_size()));
  const kernels::View view = view_from(frame);
  const kernels::Canvas canvas{image.data(), params_.grid.voxels(),
                               params_.aggregate == Aggregate::max, row_.data()};
  std::size_t total = 0;
  for_each_block(groups, view, reach(), [&] {
    // Allocates the footprints before drawing, so that none is lost if memory runs out.
    if (footprints == nullptr) unwanted_.clear();
    std::vector<Footprint>& all = footprints != nullptr ? *footprints : unwanted_;
    const std::size_t before = all.size();
    all.resize(before + block_.count);
    const std::size_t count = paint(view, canvas, all.data() + before);
    all.resize(before + count);
    total += count;
    if (drawn == nullptr) return;
    for (std::size_t i = 0; i < count; ++i)
      drawn->push_back({block_.group[i], static_cast<std::size_t>(block_.index[i])});
  });
  return total;
}

/// Draws a block. Returns how many of its atoms are in the image, and moves them to its beginning.
std::size_t Voxelizer::paint(const kernels::View& view, const kernels::Canvas& canvas,
                             Footprint* footprints) {
  const double voxel_A3 = view.resolution_A * view.resolution_A * view.resolution_A;
  const bool has_radii = std::any_of(groups_.begin(), groups_.end(),
                                     [](const auto& atoms) { return atoms.radius_A != nullptr; });
  if (is_overlap(params_.fill) && !has_radii && radius_A_ <= 0.5 * view.resolution_A &&
      view.length_voxels > 1) {
    const double scale = params_.fill == Fill::fraction_atom    ? 1
                         : params_.fill == Fill::fraction_voxel ? ball_volume(radius_A_) / voxel_A3
                                                                : ball_volume(radius_A_);
    kernels::draw_small_balls(view, radius_A_, scale, canvas, block_, footprints);
    return block_.count;
  }
  find_scales();
  return params_.fill == Fill::gaussian ? paint_gaussians(view, canvas, footprints)
                                        : paint_balls(view, canvas, footprints);
}

std::size_t Voxelizer::paint_gaussians(const kernels::View& view, const kernels::Canvas& canvas,
                                       Footprint* footprints) {
  kernels::draw_gaussians(view, canvas, block_, footprints);
  std::size_t drawn = 0;
  for (std::size_t i = 0; i < block_.count; ++i) {
    if (footprints[i].channels == 0) continue;
    footprints[drawn] = footprints[i];
    move_atom(i, drawn++);
  }
  return drawn;
}

/// Draws balls of different sizes, in order: as many of medium size together as follow each other.
std::size_t Voxelizer::paint_balls(const kernels::View& view, const kernels::Canvas& canvas,
                                   Footprint* footprints) {
  const auto is_medium = [this](std::size_t i) {
    return is_overlap(params_.fill) && block_.rho[i] <= kernels::kMediumBall;
  };
  // With the other fills, a voxel can be worth much less than the ball.
  const bool floats = params_.fill == Fill::fraction_atom;
  std::size_t drawn = 0;
  for (std::size_t i = 0; i < block_.count;) {
    if (!is_medium(i)) {
      if (paint_one(view, canvas, i, footprints[drawn])) move_atom(i, drawn++);
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < block_.count && is_medium(end)) ++end;
    kernels::draw_medium_balls(view, canvas, block_, i, end, floats, footprints + drawn);
    for (; i < end; ++i) move_atom(i, drawn++);
  }
  return drawn;
}

void Voxelizer::move_atom(std::size_t from, std::size_t to) {
  block_.group[to] = block_.group[from];
  block_.index[to] = block_.index[from];
}

/// Computes the radii of a block's atoms in voxels, and their values per volume.
void Voxelizer::find_scales() {
  const double h = params_.grid.resolution_A;
  for (std::size_t i = 0; i < block_.count; ++i) {
    const float* radii_A = groups_[block_.group[i]].radius_A;
    const double radius_A =
        radii_A != nullptr ? static_cast<double>(radii_A[block_.index[i]]) : radius_A_;
    const double rho = radius_A / h;
    double scale = block_.occupancy[i];
    if (params_.fill == Fill::fraction_atom) scale /= ball_volume(1);
    if (params_.fill == Fill::fraction_voxel) scale *= rho * rho * rho;
    if (params_.fill == Fill::overlap_A3) scale *= radius_A * radius_A * radius_A;
    block_.rho[i] = rho;
    block_.scale[i] = scale;
  }
}

/// Draws atom i of a block. Returns whether it is in the image.
bool Voxelizer::paint_one(const kernels::View& view, const kernels::Canvas& canvas, std::size_t i,
                          Footprint& footprint) {
  const double h = view.resolution_A;
  kernels::Ball ball{{block_.x_A[i], block_.y_A[i], block_.z_A[i]},
                     block_.rho[i] * h,
                     block_.scale[i],
                     block_.channels[i]};
  if (params_.fill == Fill::nearest) return draw_point(view, ball, canvas, footprint);
  if (block_.rho[i] > kLargeBall) {
    ball.scale /= ball.radius_A * ball.radius_A * ball.radius_A;  // per Å³
    return draw_large_ball(view, ball, canvas, footprint);
  }
  if (!scratch_) scratch_.emplace(params_.grid.length_voxels);
  return kernels::draw_ball(view, ball, canvas, *scratch_, footprint);
}

}  // namespace mmgym
