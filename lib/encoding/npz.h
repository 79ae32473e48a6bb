#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/owned_bytes.h"

namespace mmgym {

/// An array of a .npz file: its name and the bytes of a .npy file.
struct NpzArray {
  std::string name;
  std::vector<OwnedBytes> parts;
};

/// Makes a .npz file for numpy.load: a zip archive of .npy files, not compressed. Equal arrays give
/// equal bytes. Throws std::length_error above 4 GiB or 65,535 arrays.
std::string make_npz(std::span<const NpzArray> arrays);

}  // namespace mmgym
