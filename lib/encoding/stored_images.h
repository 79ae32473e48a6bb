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

/// Reads a .npy file of version 1 with little-endian numbers of type f2, f4, f8 or u4 in C order,
/// as shards have. Throws ShardError for any other file.
NpyArray parse_npy(std::span<const std::byte> file);

/// The images of a sample, as it was read from a shard by extension: from "npy", "npy.gz", or
/// "idx.npy" and "val.npy" (each of these also with ".gz"), which take the shape from index.json.
/// Throws ShardError if there are none, or others than of this shape.
std::vector<float> stored_images(const std::map<std::string, std::vector<std::byte>>& files,
                                 const std::vector<std::uint64_t>& shape);

}  // namespace mmgym
