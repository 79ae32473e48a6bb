#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace mmgym {

/// The numbers of a .npy file, converted to double.
struct NpyArray {
  std::vector<std::uint64_t> shape;
  std::vector<double> values;  // C order
};

/// Reads a .npy file of version 1 with little-endian numbers of type f2, f4, f8, u1 or u4 in C
/// order. Throws ShardError for any other file.
NpyArray parse_npy(std::span<const std::byte> file);

/// Reads the file `name` of a sample, or name.gz. Returns an array without shape if both are
/// missing. Throws like parse_npy.
NpyArray stored_array(const std::map<std::string, std::vector<std::byte>>& files,
                      const std::string& name);

/// Reads the images of a sample from its files, by extension: "npy", or "idx.npy" and "val.npy"
/// (each also with ".gz"). `shape` is in index.json. Throws ShardError if the images are missing or
/// have another shape.
std::vector<float> stored_images(const std::map<std::string, std::vector<std::byte>>& files,
                                 const std::vector<std::uint64_t>& shape);

}  // namespace mmgym
