#pragma once

#include <string>
#include <vector>

namespace mmgym {

/// Returns the instruction sets that the voxelizer was compiled for and this machine has, best
/// first. The last one is portable C++ (SCALAR or EMU128). All give the same images.
std::vector<std::string> simd_targets();

/// Returns the target in use, by default the best one.
std::string simd_target();

/// Sets the target of all threads, for tests and benchmarks; "" sets the best one. Throws
/// std::invalid_argument if the machine does not have the target.
void use_simd_target(const std::string& name);

}  // namespace mmgym
