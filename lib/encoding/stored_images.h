#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mmgym {

/// The numbers of a .npy file, converted to double.
struct NpyArray {
  std::vector<std::uint64_t> shape;
  std::vector<double> values;  // C order
};

/// The number of values of an array. Throws ShardError if it has more than 2^40.
std::uint64_t number_of_values(std::span<const std::uint64_t> shape);

/// Reads a .npy file of version 1 with little-endian numbers of type f2, f4, f8, u1 or u4 in C
/// order. Throws ShardError for any other file.
NpyArray parse_npy(std::span<const std::byte> file);

/// Reads the file `name` of a sample, or name.gz, which may have up to `most` numbers. Returns
/// nothing if both are missing. Throws like parse_npy, with the file's name, and if there are more
/// numbers, before it takes memory for them.
std::optional<NpyArray> stored_array(const std::map<std::string, std::vector<std::byte>>& files,
                                     const std::string& name, std::uint64_t most);

/// Reads the images of a sample from its files, by extension: "npy", or "idx.npy" and "val.npy"
/// (each also with ".gz"). `shape` is in index.json. Throws ShardError if the images are missing,
/// have another shape, or have voxels that are not finite, and if the places of sparse voxels do
/// not ascend.
std::vector<float> stored_images(const std::map<std::string, std::vector<std::byte>>& files,
                                 const std::vector<std::uint64_t>& shape);

}  // namespace mmgym
