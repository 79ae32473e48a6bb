#pragma once

#include <Eigen/Geometry>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// How to build a biological assembly. Each mate is a set of subchains under one transform.
/// The n-th mate, from 0, is symmetry mate n.
struct AssemblyRecipe {
  struct Mate {
    Eigen::Affine3d transform;
    std::vector<std::uint32_t> subchains;  // indices into Structure::subchains, ascending
  };
  std::string pdb_id;
  std::vector<Mate> mates;
};

/// Parses an mmCIF operator expression. Returns, for each copy, the ids of the operators to
/// multiply from left to right. An expression is a list of ids and ranges, "1,2,5" or "1-60", or a
/// product of such lists in parentheses, "(X0,X1)(1-12)". Throws StructureError if it is malformed
/// or makes more than a million copies.
std::vector<std::vector<std::string>> parse_operator_expression(std::string_view expression);

}  // namespace mmgym
