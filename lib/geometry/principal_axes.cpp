#include "geometry/principal_axes.h"

#include <Eigen/Eigenvalues>
#include <cmath>

namespace mmgym {
namespace {

constexpr double kDegeneracyTolerance = 1e-6;

/// Replaces rows [first, last) of `axes`, an orthonormal basis of a space, by the one described at
/// PrincipalAxes::degenerate.
void align_to_coordinate_axes(Eigen::Matrix3d& axes, int first, int last) {
  Eigen::MatrixXd basis = axes.middleRows(first, last - first);
  Eigen::Matrix3d projector = basis.transpose() * basis;
  for (int row = first; row < last; ++row) {
    // The diagonal holds the squared lengths of the projected coordinate axes. The first within
    // rounding of the longest wins, so that noise cannot decide a tie.
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

}  // namespace

PrincipalAxes principal_axes(std::span<const Eigen::Vector3d> points) {
  PrincipalAxes result;
  result.mean.setZero();
  for (const auto& point : points) result.mean += point;
  result.mean /= static_cast<double>(points.size());

  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  for (const auto& point : points) {
    const Eigen::Vector3d d = point - result.mean;
    covariance += d * d.transpose();
  }
  covariance /= static_cast<double>(points.size());

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
