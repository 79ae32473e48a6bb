#include "voxel/simd.h"

#include <hwy/highway.h>

#include <cstdint>
#include <stdexcept>

namespace mmgym {
namespace {

// Best first: a better target has a lower bit. Determined before use_simd_target restricts them.
const std::vector<std::int64_t>& supported() {
  static const std::vector<std::int64_t> targets = [] {
    std::vector<std::int64_t> found;
    for (auto rest = hwy::SupportedTargets() & HWY_TARGETS; rest != 0; rest &= rest - 1)
      found.push_back(rest & -rest);
    return found;
  }();
  return targets;
}

}  // namespace

std::vector<std::string> simd_targets() {
  std::vector<std::string> names;
  for (const auto target : supported()) names.emplace_back(hwy::TargetName(target));
  return names;
}

std::string simd_target() {
  const std::int64_t enabled = hwy::SupportedTargets();
  for (const auto target : supported())
    if ((enabled & target) != 0) return hwy::TargetName(target);
  return hwy::TargetName(supported().back());
}

void use_simd_target(const std::string& name) {
  std::int64_t wanted = 0;  // 0 selects all targets in Highway
  for (const auto target : supported())
    if (name == hwy::TargetName(target)) wanted = target;
  if (wanted == 0 && !name.empty())
    throw std::invalid_argument("this machine has no SIMD target '" + name + "'");
  hwy::SetSupportedTargetsForTest(wanted);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace mmgym
