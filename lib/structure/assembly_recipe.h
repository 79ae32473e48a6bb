#pragma once

#include <Eigen/Geometry>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "inputs/input_limits.h"

namespace mmgym {

/// How to build a biological assembly. Each mate is a set of subchains under one transform.
/// The n-th mate, from 0, is symmetry mate n.
struct AssemblyRecipe {
  using Subchains = std::vector<std::uint32_t>;
  struct Mate {
    Eigen::Affine3d transform;
    /// Indices into Structure::subchains, ascending. Shared by the mates of a generator: a file of
    /// a few bytes per mate and per subchain can have many of both.
    std::shared_ptr<const Subchains> subchains;
  };
  std::string pdb_id;
  std::vector<Mate> mates;
};

/// Parses an mmCIF operator expression. Returns, for each copy, the ids of the operators to
/// multiply from left to right. An expression is a list of ids and ranges, "1,2,5" or "1-60", or a
/// product of such lists in parentheses, "(X0,X1)(1-12)". Adds the number of ids in the result to
/// `used`, the number in other expressions of the file. Throws StructureError if the expression is
/// malformed, and InputError, before expanding it, if the file uses too many.
std::vector<std::vector<std::string>> parse_operator_expression(std::string_view expression,
                                                                const InputLimits& limits,
                                                                std::uint64_t& used);

}  // namespace mmgym
