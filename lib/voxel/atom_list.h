#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mmgym {

/// The atoms in the views of a sample: what images are drawn from. Each array has one entry (xyz_A:
/// three) per atom and channel, so an atom of two channels is listed twice.
struct AtomList {
  std::vector<double> xyz_A;  ///< in the frame of the view, relative to the image's center
  std::vector<std::uint8_t> channel;
  std::vector<float> weight;  ///< the occupancy
  std::vector<std::uint8_t> view;

  std::size_t size() const { return channel.size(); }

  void clear() {
    xyz_A.clear();
    channel.clear();
    weight.clear();
    view.clear();
  }
};

}  // namespace mmgym
