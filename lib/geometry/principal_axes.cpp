#include "geometry/principal_axes.h"

#include <Eigen/Eigenvalues>
#include <cmath>

namespace mmgym {
namespace {

constexpr double kDegeneracyTolerance = 1e-9;

/// Replaces rows [first, last) of `axes`, an orthonormal basis of a space, by the basis described
/// at PrincipalAxes::degenerate.
void align_to_coordinate_axes(Eigen::Matrix3d& axes, int first, int last) {
  Eigen::MatrixXd basis = axes.middleRows(first, last - first);
  Eigen::Matrix3d projector = basis.transpose() * basis;
  for (int row = first; row < last; ++row) {
    // The diagonal contains the squared lengths of the projected coordinate axes. Takes the first
    // within rounding of the longest, so that noise cannot decide a tie.
    const double longest = projector.diagonal().maxCoeff();
    int k = 0;
    while (projector(k, k) < longest - 1e-9) ++k;
    axes.row(row) = projector.row(k).normalized();
    projector -= axes.row(row).transpose() * axes.row(row);
  }
}

void point_to_positive(Eigen::Matrix3d& axes) {
  for (int row = 0; row < 3; ++row) {
    Eigen::Index k = 0;
    axes.row(row).cwiseAbs().maxCoeff(&k);
    if (axes(row, k) < 0) axes.row(row) = -axes.row(row);
  }
}

/// Sums term(point) over all points, block by block, so that rounding errors do not grow with the
/// number of points. Rounding errors would rotate two axes with almost equal variances.
template <typename Sum, typename Term>
Sum blockwise_sum(std::span<const Eigen::Vector3d> points, Term term) {
  constexpr std::size_t kBlock = 256;
  if (points.size() <= kBlock) {
    Sum sum = Sum::Zero();
    for (const auto& point : points) sum += term(point);
    return sum;
  }
  const std::size_t half = points.size() / 2;
  return blockwise_sum<Sum>(points.first(half), term) +
         blockwise_sum<Sum>(points.subspan(half), term);
}

}  // namespace

PrincipalAxes principal_axes(std::span<const Eigen::Vector3d> points) {
  using Eigen::Matrix3d;
  using Eigen::Vector3d;
  const auto count = static_cast<double>(points.size());
  PrincipalAxes result;
  result.mean = blockwise_sum<Vector3d>(points, [](const Vector3d& p) { return p; }) / count;
  const Matrix3d covariance = blockwise_sum<Matrix3d>(points,
                                                      [&result](const Vector3d& p) -> Matrix3d {
                                                        const Vector3d d = p - result.mean;
                                                        return d * d.transpose();
                                                      }) /
                              count;

  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(covariance);
  result.variances = solver.eigenvalues().reverse();
  result.axes = solver.eigenvectors().rowwise().reverse().transpose();

  const double tolerance = kDegeneracyTolerance * std::abs(result.variances[0]);
  result.degenerate = false;
  for (int first = 0, last = 1; first < 3; first = last++) {
    while (last < 3 && result.variances[last - 1] - result.variances[last] <= tolerance) ++last;
    if (last - first > 1) {
      align_to_coordinate_axes(result.axes, first, last);
      result.degenerate = true;
    }
  }
  point_to_positive(result.axes);
  return result;
}

}  // namespace mmgym
