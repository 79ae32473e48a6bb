#include "voxel/overlap.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "voxel/angle_series.h"
#include "voxel/large_overlap.h"

namespace mmgym {
namespace {

using std::numbers::pi;

constexpr double kBall = 4 * pi / 3;

// Returns the polar angle of the point (x, y), x, y >= 0, at the distance rho from the origin; 0 at
// the origin.
double angle(double x, double y, double rho) {
  const double denominator = x + y + std::numbers::sqrt2 * rho;
  if (!(denominator > 0)) return 0;
  const double t = (y - x) / denominator;
  const double u = t * t;
  double p = kAtanSeries.back();
  for (auto c = kAtanSeries.rbegin() + 1; c != kAtanSeries.rend(); ++c) p = p * u + *c;
  return pi / 4 + 2 * (t * p);
}

// The cut volumes for offsets in [0, 1].
double cap(double a) { return pi / 3 * (2 - a * (3 - a * a)); }

double edge(double a, double b) {
  const double gg = 1 - a * a - b * b;
  if (!(gg > 0)) return 0;
  const double g = std::sqrt(gg);
  const double rho_a = std::sqrt(1 - a * a);
  const double rho_b = std::sqrt(1 - b * b);
  const double e = 2 * angle(a * b, g, rho_a * rho_b) - a * (3 - a * a) * angle(b, g, rho_a) -
                   b * (3 - b * b) * angle(a, g, rho_b) + 2 * a * b * g;
  return std::max(0.0, e / 3);
}

// Returns the signed volume of the unit ball in the box that the origin and (a, b, c) span.
double box_from_center(double a, double b, double c) {
  const double sign = std::copysign(1.0, a) * std::copysign(1.0, b) * std::copysign(1.0, c);
  a = std::min(std::abs(a), 1.0);
  b = std::min(std::abs(b), 1.0);
  c = std::min(std::abs(c), 1.0);
  if (a * a + b * b + c * c < 1) return sign * (a * b * c);
  return sign *
         (pi / 6 - (cap(a) + cap(b) + cap(c)) / 4 + (edge(a, b) + edge(a, c) + edge(b, c)) / 2);
}

}  // namespace

double cap_volume(double a) {
  const double c = cap(std::min(std::abs(a), 1.0));
  return a < 0 ? kBall - c : c;
}

double edge_volume(double a, double b) {
  if (a < 0) return cap_volume(b) - edge_volume(-a, b);
  if (b < 0) return cap_volume(a) - edge_volume(a, -b);
  return edge(a, b);
}

double corner_volume(double a, double b, double c) {
  if (a < 0) return edge_volume(b, c) - corner_volume(-a, b, c);
  if (b < 0) return edge_volume(a, c) - corner_volume(a, -b, c);
  if (c < 0) return edge_volume(a, b) - corner_volume(a, b, -c);
  if (!(a * a + b * b + c * c < 1)) return 0;
  return std::max(0.0, pi / 6 - (cap(a) + cap(b) + cap(c)) / 4 +
                           (edge(a, b) + edge(a, c) + edge(b, c)) / 2 - a * b * c);
}

double ball_box_overlap_A3(const Eigen::Vector3d& center_A, double radius_A,
                           const Eigen::Vector3d& lo_A, const Eigen::Vector3d& hi_A) {
  if (!(radius_A > 0)) return 0;
  const Eigen::Array3d lo = (lo_A - center_A).array() / radius_A;
  const Eigen::Array3d hi = (hi_A - center_A).array() / radius_A;
  // Exact results for a ball outside the box and a box inside the ball.
  const Eigen::Array3d nearest = Eigen::Array3d::Zero().max(lo).min(hi);
  const Eigen::Array3d farthest = lo.abs().max(hi.abs());
  if (nearest.square().sum() >= 1) return 0;
  if (farthest.square().sum() <= 1) return (hi_A - lo_A).prod();
  if ((hi - lo).maxCoeff() * kLargeBall <= 1)
    return large_ball_box_overlap_A3(center_A, radius_A, lo_A, hi_A);

  double sum = 0;
  for (int vertex = 0; vertex < 8; ++vertex) {
    const double a = (vertex & 4) != 0 ? hi.x() : lo.x();
    const double b = (vertex & 2) != 0 ? hi.y() : lo.y();
    const double c = (vertex & 1) != 0 ? hi.z() : lo.z();
    const int lows = 3 - ((vertex >> 2) + (vertex >> 1 & 1) + (vertex & 1));
    sum += (lows % 2 == 0 ? 1 : -1) * box_from_center(a, b, c);
  }
  const double box = (hi - lo).min(2.0).prod();
  return std::clamp(sum, 0.0, std::min(kBall, box)) * (radius_A * radius_A * radius_A);
}

}  // namespace mmgym
