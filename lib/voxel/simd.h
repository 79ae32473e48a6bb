#pragma once

#include <string>
#include <vector>

namespace mmgym {

/// The instruction sets that the voxelizer was compiled for and this machine has, best first. The
/// last one is portable C++ (SCALAR or EMU128). All give the same images.
std::vector<std::string> simd_targets();

/// The one in use: the best, unless told otherwise.
std::string simd_target();

/// For tests and benchmarks: uses the target of this name from now on, in all threads; "" is the
/// best one again. Throws std::invalid_argument if there is none of this name.
void use_simd_target(const std::string& name);

}  // namespace mmgym
