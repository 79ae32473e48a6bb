#include "quadrature.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace mmgym::testing {
namespace {

// ∫ √(ρ² - y²) dy
double half_disk(double y, double rho) {
  const double s = std::sqrt(std::max(0.0, rho * rho - y * y));
  return 0.5 * (y * s + rho * rho * std::asin(std::clamp(y / rho, -1.0, 1.0)));
}

// ∫ min(z, √(ρ² - y²)) dy from y0 to y1 within [-ρ, ρ], for z >= 0.
double capped(double y0, double y1, double z, double rho) {
  if (z >= rho) return half_disk(y1, rho) - half_disk(y0, rho);
  const double edge = std::sqrt(rho * rho - z * z);
  const double a = std::clamp(-edge, y0, y1);
  const double b = std::clamp(edge, y0, y1);
  return half_disk(a, rho) - half_disk(y0, rho) + z * (b - a) + half_disk(y1, rho) -
         half_disk(b, rho);
}

// Returns the area of the part of a disk of radius ρ inside the rectangle [y0, y1] × [z0, z1].
double disk_in_rectangle(double rho, double y0, double y1, double z0, double z1) {
  y0 = std::clamp(y0, -rho, rho);
  y1 = std::clamp(y1, -rho, rho);
  const auto below = [&](double z) { return std::copysign(capped(y0, y1, std::abs(z), rho), z); };
  return rho > 0 ? below(z1) - below(z0) : 0;
}

struct GaussLegendre {
  std::array<double, 24> x, w;
  GaussLegendre() {
    const int n = static_cast<int>(x.size());
    for (int i = 0; i < n; ++i) {
      double t = std::cos(std::numbers::pi * (i + 0.75) / (n + 0.5)), slope = 0;
      for (int step = 0; step < 50; ++step) {
        double p = 1, previous = 0;
        for (int k = 1; k <= n; ++k)
          previous = std::exchange(p, ((2 * k - 1) * t * p - (k - 1) * previous) / k);
        slope = n * (t * p - previous) / (t * t - 1);
        t -= p / slope;
      }
      x[static_cast<std::size_t>(i)] = t;
      w[static_cast<std::size_t>(i)] = 2 / ((1 - t * t) * slope * slope);
    }
  }
};

}  // namespace

double integrate_ball_in_box(double radius, const double lo[3], const double hi[3]) {
  static const GaussLegendre rule;
  const double x0 = std::clamp(lo[0], -radius, radius);
  const double x1 = std::clamp(hi[0], -radius, radius);

  // The area is smooth between the x at which the circle crosses an edge or a corner.
  std::vector<double> breaks = {x0, x1};
  const auto add = [&](double rest) {
    if (rest < 0) return;
    for (const double x : {std::sqrt(rest), -std::sqrt(rest)})
      if (x > x0 && x < x1) breaks.push_back(x);
  };
  const double rr = radius * radius;
  for (const double y : {lo[1], hi[1]}) {
    add(rr - y * y);
    for (const double z : {lo[2], hi[2]}) add(rr - y * y - z * z);
  }
  for (const double z : {lo[2], hi[2]}) add(rr - z * z);
  std::sort(breaks.begin(), breaks.end());

  double sum = 0;
  for (std::size_t piece = 1; piece < breaks.size(); ++piece) {
    const double mid = 0.5 * (breaks[piece] + breaks[piece - 1]);
    const double half = 0.5 * (breaks[piece] - breaks[piece - 1]);
    // x = mid + half sin(πt/2) smooths square roots that vanish at an end.
    for (std::size_t i = 0; i < rule.x.size(); ++i) {
      const double turn = 0.5 * std::numbers::pi * rule.x[i];
      const double x = mid + half * std::sin(turn);
      const double rho = std::sqrt(std::max(0.0, (radius - x) * (radius + x)));
      sum += rule.w[i] * half * 0.5 * std::numbers::pi * std::cos(turn) *
             disk_in_rectangle(rho, lo[1], hi[1], lo[2], hi[2]);
    }
  }
  return sum;
}

}  // namespace mmgym::testing
