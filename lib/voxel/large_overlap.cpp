#include "voxel/large_overlap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace mmgym {
namespace {

// Gauss-Legendre with 16 points in [-1, 1]: the positive points and their weights.
constexpr std::array<std::array<double, 2>, 8> kGauss = {{
    {0x1.fa92c264d787ep-1, 0x1.bcddab4b7c211p-6},
    {0x1.e39f56616f9b0p-1, 0x1.fdfb1a2c1265dp-5},
    {0x1.bb3403514e483p-1, 0x1.85c4ee79cc258p-4},
    {0x1.82c45dda4726bp-1, 0x1.fe7af2bad386ap-4},
    {0x1.3c5a466d5e8b8p-1, 0x1.325f61bca3cbfp-3},
    {0x1.d50259a43a772p-2, 0x1.5a6ebbb5a75fcp-3},
    {0x1.205cae642337cp-2, 0x1.75f8c77e0c00fp-3},
    {0x1.852bd6676a9f9p-4, 0x1.83feae80e4dfcp-3},
}};

template <typename F>
double integrate(double from, double to, const F& f) {
  const double mid = 0.5 * (from + to), half = 0.5 * (to - from);
  double sum = 0;
  for (const auto& [x, w] : kGauss) sum += w * (f(mid - half * x) + f(mid + half * x));
  return half * sum;
}

// Integrates an f that may approach zero at an end like the distance to the power 3/2. Substitutes
// a cubic for x whose derivative is zero at the ends.
template <typename F>
double integrate_smoothed(double from, double to, const F& f) {
  const double mid = 0.5 * (from + to), half = 0.5 * (to - from);
  return integrate(-1, 1, [&](double t) {
    return half * 1.5 * (1 - t * t) * f(mid + half * (0.5 * t * (3 - t * t)));
  });
}

// Returns the volume of the part of the ball above the plane z > 0 over the rectangle [x0,
// x1] × [y0, y1].
double above(double z, double radius, double x0, double x1, double y0, double y1) {
  const double ww = (radius - z) * (radius + z);  // radius of the plane's disk, squared
  if (!(ww > 0)) return 0;
  const auto along_y = [&](double x) {
    const double rest = ww - x * x;
    if (!(rest > 0)) return 0.0;
    const double edge = std::sqrt(rest);
    const double from = std::clamp(-edge, y0, y1), to = std::clamp(edge, y0, y1);
    return integrate(from, to, [&](double y) {
      const double height = std::max(0.0, rest - y * y);
      return height / (std::sqrt(height + z * z) + z);  // √(radius² - x² - y²) - z
    });
  };
  // Pieces end where the disk ends and where its edge crosses y = y0 or y = y1.
  std::array<double, 8> breaks = {x0, x1};
  std::size_t count = 2;
  for (const double rest : {ww, ww - y0 * y0, ww - y1 * y1}) {
    const double x = std::sqrt(std::max(0.0, rest));
    breaks[count++] = std::clamp(x, x0, x1);
    breaks[count++] = std::clamp(-x, x0, x1);
  }
  std::sort(breaks.begin(), breaks.end());
  double sum = 0;
  for (std::size_t i = 1; i < breaks.size(); ++i)
    if (breaks[i - 1] < breaks[i]) sum += integrate_smoothed(breaks[i - 1], breaks[i], along_y);
  return sum;
}

}  // namespace

double large_ball_box_overlap_A3(const Eigen::Vector3d& center_A, double radius_A,
                                 const Eigen::Vector3d& lo_A, const Eigen::Vector3d& hi_A) {
  // Mirrors the box to positive coordinates and sorts the axes by its distance. z is the farthest,
  // so that the surface is a function of x and y.
  std::array<Eigen::Index, 3> order = {0, 1, 2};
  const Eigen::Array3d mid = 0.5 * (lo_A + hi_A) - center_A;
  std::sort(order.begin(), order.end(),
            [&](Eigen::Index a, Eigen::Index b) { return std::abs(mid[a]) < std::abs(mid[b]); });
  double lo[3], hi[3];
  for (std::size_t i = 0; i < 3; ++i) {
    lo[i] = lo_A[order[i]] - center_A[order[i]];
    hi[i] = hi_A[order[i]] - center_A[order[i]];
    if (mid[order[i]] < 0) {
      std::swap(lo[i], hi[i]);
      lo[i] = -lo[i];
      hi[i] = -hi[i];
    }
  }
  const double volume = above(lo[2], radius_A, lo[0], hi[0], lo[1], hi[1]) -
                        above(hi[2], radius_A, lo[0], hi[0], lo[1], hi[1]);
  return std::clamp(volume, 0.0, (hi_A - lo_A).prod());
}

}  // namespace mmgym
