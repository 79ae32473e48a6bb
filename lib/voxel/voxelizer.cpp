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

std::size_t Voxelizer::list(const AtomsView& atoms, const Frame& frame, std::uint8_t view,
                            AtomList& list, std::vector<std::size_t>* listed) {
  const kernels::View place = view_from(frame);
  std::size_t total = 0;
  for (std::size_t begin = 0; begin < atoms.count; begin += kernels::kBlock) {
    kernels::cull(place, atoms, begin, std::min(atoms.count, begin + kernels::kBlock), ball_reach(),
                  block_);
    for (std::size_t i = 0; i < block_.count; ++i) {
      const auto atom = static_cast<std::size_t>(block_.index[i]);
      const std::uint32_t channels = atoms.channels[atom] & channel_mask();
      if (channels == 0) continue;
      ++total;
      if (listed != nullptr) listed->push_back(atom);
      for (std::uint32_t rest = channels; rest != 0; rest &= rest - 1) {
        list.xyz_A.insert(list.xyz_A.end(), {block_.x_A[i], block_.y_A[i], block_.z_A[i]});
        list.channel.push_back(static_cast<std::uint8_t>(std::countr_zero(rest)));
        list.weight.push_back(atoms.occupancy[atom]);
        list.view.push_back(view);
      }
    }
  }
  return total;
}

std::size_t Voxelizer::draw(const AtomsView& atoms, const Frame& frame, std::span<float> image,
                            std::vector<Footprint>* footprints, std::vector<std::size_t>* drawn) {
  if (image.size() != params_.image_size())
    throw std::invalid_argument("the image has " + std::to_string(image.size()) + " voxels, not " +
                                std::to_string(params_.image_size()));
  const kernels::View view = view_from(frame);
  const kernels::Canvas canvas{image.data(), params_.grid.voxels(), channel_mask(),
                               params_.aggregate == Aggregate::max, row_.data()};
  AtomsView culled = atoms;
  if (params_.fill == Fill::nearest) culled.radius_A = nullptr;
  std::size_t total = 0;
  for (std::size_t begin = 0; begin < atoms.count; begin += kernels::kBlock) {
    kernels::cull(view, culled, begin, std::min(atoms.count, begin + kernels::kBlock), reach(),
                  block_);
    // Allocates the footprints before drawing, so that none is lost if memory runs out.
    if (footprints == nullptr) unwanted_.clear();
    std::vector<Footprint>& all = footprints != nullptr ? *footprints : unwanted_;
    const std::size_t before = all.size();
    all.resize(before + block_.count);
    const std::size_t count = paint(culled, view, canvas, all.data() + before);
    all.resize(before + count);
    total += count;
    if (drawn != nullptr) drawn->insert(drawn->end(), block_.index, block_.index + count);
  }
  return total;
}

std::size_t Voxelizer::paint(const AtomsView& atoms, const kernels::View& view,
                             const kernels::Canvas& canvas, Footprint* footprints) {
  const double voxel_A3 = view.resolution_A * view.resolution_A * view.resolution_A;
  const bool is_overlap = params_.fill != Fill::nearest && params_.fill != Fill::gaussian;
  if (is_overlap && atoms.radius_A == nullptr && radius_A_ <= 0.5 * view.resolution_A) {
    const double scale = params_.fill == Fill::fraction_atom    ? 1
                         : params_.fill == Fill::fraction_voxel ? ball_volume(radius_A_) / voxel_A3
                                                                : ball_volume(radius_A_);
    return kernels::draw_small_balls(view, atoms, radius_A_, scale, canvas, block_, footprints);
  }
  std::size_t drawn = 0;
  for (std::size_t i = 0; i < block_.count; ++i) {
    const auto atom = static_cast<std::size_t>(block_.index[i]);
    kernels::Ball ball{
        {block_.x_A[i], block_.y_A[i], block_.z_A[i]},
        atoms.radius_A != nullptr ? static_cast<double>(atoms.radius_A[atom]) : radius_A_,
        1,
        atoms.channels[atom] & canvas.channel_mask};
    if (ball.channels == 0 ||
        !paint_one(view, canvas, ball, atoms.occupancy[atom], footprints[drawn]))
      continue;
    block_.index[drawn++] = block_.index[i];
  }
  return drawn;
}

bool Voxelizer::paint_one(const kernels::View& view, const kernels::Canvas& canvas,
                          kernels::Ball& ball, double occupancy, Footprint& footprint) {
  ball.scale = occupancy;
  switch (params_.fill) {
    case Fill::nearest:
      return draw_point(view, ball, canvas, footprint);
    case Fill::gaussian:
      return draw_gaussian(view, ball, canvas, footprint);
    default:
      break;
  }
  const double rho = ball.radius_A / view.resolution_A;
  const double h = view.resolution_A;
  if (rho > kLargeBall) {
    // The scale is per Å³.
    if (params_.fill == Fill::fraction_atom) ball.scale /= ball_volume(ball.radius_A);
    if (params_.fill == Fill::fraction_voxel) ball.scale /= h * h * h;
    return draw_large_ball(view, ball, canvas, footprint);
  }
  // The scale is per radius³.
  if (params_.fill == Fill::fraction_atom) ball.scale /= ball_volume(1);
  if (params_.fill == Fill::fraction_voxel) ball.scale *= rho * rho * rho;
  if (params_.fill == Fill::overlap_A3) ball.scale *= ball.radius_A * ball.radius_A * ball.radius_A;
  if (!scratch_) scratch_.emplace(params_.grid.length_voxels);
  return kernels::draw_ball(view, ball, canvas, *scratch_, footprint);
}

}  // namespace mmgym
