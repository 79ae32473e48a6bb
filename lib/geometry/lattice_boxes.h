#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <utility>
#include <vector>

namespace mmgym {

/// Points of an integer lattice, ends included. Empty if an end is before a beginning.
struct LatticeBox {
  Eigen::Vector3i first;
  Eigen::Vector3i last;
};

namespace lattice_boxes {

/// Sweeps along an axis, and calls itself for the next axis with the boxes at each coordinate.
template <int kAxis, typename Visit>
void sweep(std::vector<const LatticeBox*> boxes, Eigen::Vector3i& point, Visit& visit) {
  std::sort(boxes.begin(), boxes.end(), [](const LatticeBox* a, const LatticeBox* b) {
    return a->first[kAxis] < b->first[kAxis];
  });
  std::vector<const LatticeBox*> here;
  for (auto next = boxes.begin(); next != boxes.end() || !here.empty(); ++point[kAxis]) {
    if (here.empty()) point[kAxis] = (*next)->first[kAxis];
    while (next != boxes.end() && (*next)->first[kAxis] <= point[kAxis]) here.push_back(*next++);
    if constexpr (kAxis == 2)
      visit(std::as_const(point));
    else
      sweep<kAxis + 1>(here, point, visit);
    std::erase_if(here, [&](const LatticeBox* box) { return box->last[kAxis] <= point[kAxis]; });
  }
}

}  // namespace lattice_boxes

/// Calls visit(point) once for each point that is in any of the boxes, in the order of x, then y,
/// then z. The time does not depend on the distance between boxes.
template <typename Visit>
void for_each_in_boxes(const std::vector<LatticeBox>& boxes, Visit visit) {
  std::vector<const LatticeBox*> filled;
  for (const LatticeBox& box : boxes)
    if ((box.first.array() <= box.last.array()).all()) filled.push_back(&box);
  Eigen::Vector3i point;
  lattice_boxes::sweep<0>(std::move(filled), point, visit);
}

}  // namespace mmgym
