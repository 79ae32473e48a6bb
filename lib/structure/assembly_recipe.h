#pragma once

#include <Eigen/Geometry>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// How to make one biological assembly: each mate is a set of subchains under one transform.
/// The n-th mate, from 0, is symmetry mate n.
struct AssemblyRecipe {
  struct Mate {
    Eigen::Affine3d transform;
    std::vector<std::uint32_t> subchains;  // indices into Structure::subchains, ascending
  };
  std::string pdb_id;
  std::vector<Mate> mates;
};

/// The operators named by an mmCIF operator expression: for each copy, the ids whose transforms are
/// multiplied from left to right. An expression is a list of ids and ranges, "1,2,5" or "1-60", or
/// a product of such lists in parentheses, "(X0,X1)(1-12)". Throws StructureError where it is
/// malformed or makes more than a million copies.
std::vector<std::vector<std::string>> parse_operator_expression(std::string_view expression);

}  // namespace mmgym
