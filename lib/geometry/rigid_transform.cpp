#include "geometry/rigid_transform.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <cmath>

namespace mmgym {

std::string why_not_rigid(const Eigen::Affine3d& transform, double most_shift_A) {
  const Eigen::Matrix3d matrix = transform.linear();
  if (!transform.matrix().allFinite()) return "its matrix has a value that is not a number";
  // The squares of huge values are infinite, and their differences NaN.
  const Eigen::Array33d errors =
      (matrix * matrix.transpose() - Eigen::Matrix3d::Identity()).array();
  if (!(errors.abs() <= kMostRotationError).all()) {
    const double error = errors.isFinite().all() ? errors.abs().maxCoeff() : HUGE_VAL;
    return fmt::format(
        "its matrix M is not a rotation: M*M^T differs from the identity by {:.3g}, at most {:g} "
        "is "
        "accepted",
        error, kMostRotationError);
  }
  if (!(matrix.determinant() > 0))
    return fmt::format("its matrix mirrors (determinant {:.3g})", matrix.determinant());
  if (!(transform.translation().array().abs() <= most_shift_A).all())
    return fmt::format("its shift is out of range: {:.6g} A, at most {:.6g} A are accepted",
                       transform.translation().cwiseAbs().maxCoeff(), most_shift_A);
  return {};
}

}  // namespace mmgym
