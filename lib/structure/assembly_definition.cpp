#include "structure/assembly_definition.h"

#include <algorithm>
#include <gemmi/numb.hpp>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "geometry/rigid_transform.h"
#include "structure/assembly_recipe.h"
#include "structure/cif_block.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

using Operators = std::unordered_map<std::string, Eigen::Affine3d>;

Operators read_operators(cif::Block& block) {
  static const std::vector<std::string> kTags = {
      "id",           "matrix[1][1]", "matrix[1][2]", "matrix[1][3]", "vector[1]",
      "matrix[2][1]", "matrix[2][2]", "matrix[2][3]", "vector[2]",    "matrix[3][1]",
      "matrix[3][2]", "matrix[3][3]", "vector[3]"};
  Operators operators;
  for (const auto row : block.find("_pdbx_struct_oper_list.", kTags)) {
    Eigen::Affine3d transform = Eigen::Affine3d::Identity();
    for (int i = 0; i < 12; ++i) transform(i / 4, i % 4) = cif::as_number(row[1 + i]);
    operators[row.str(0)] = transform;
  }
  return operators;
}

/// Returns the subchains in a comma-separated list (asym_id_list), without duplicates.
std::vector<std::string> ids_in_list(const std::string& list) {
  std::vector<std::string> ids;
  std::unordered_set<std::string> seen;
  for (const auto part : split_at(list, ',')) {
    std::string id = without_white_space(part);
    if (!id.empty() && seen.insert(id).second) ids.push_back(std::move(id));
  }
  return ids;
}

/// Throws StructureError if an operator or a product of operators is not a rotation and a shift.
void check_rigid(const Eigen::Affine3d& transform, const std::string& assembly_id,
                 const std::string& what) {
  if (const std::string reason = why_not_rigid(transform, kMostCoordinate_A); !reason.empty())
    throw StructureError("assembly " + assembly_id + ": " + what + ": " + reason);
}

/// Checks the operators that an assembly uses. A file can have others, whose values are no matter.
std::vector<Eigen::Affine3d> transforms_of(const std::string& expression,
                                           const Operators& operators,
                                           const std::string& assembly_id) {
  std::vector<Eigen::Affine3d> transforms;
  for (const auto& product : parse_operator_expression(expression)) {
    Eigen::Affine3d transform = Eigen::Affine3d::Identity();
    for (const auto& factor : product) {
      const auto found = operators.find(factor);
      if (found == operators.end())
        throw StructureError("assembly " + assembly_id + " uses operator '" + factor +
                             "', which _pdbx_struct_oper_list does not define");
      check_rigid(found->second, assembly_id, "operator '" + factor + "'");
      transform = transform * found->second;
    }
    // Many small deviations and shifts add up.
    if (product.size() > 1)
      check_rigid(transform, assembly_id, "a product of operators in '" + expression + "'");
    transforms.push_back(transform);
  }
  return transforms;
}

void read_details(cif::Block& block, std::vector<AssemblyDefinition>& assemblies) {
  for (const auto row :
       block.find("_pdbx_struct_assembly.", {"id", "?details", "?oligomeric_count"}))
    for (auto& assembly : assemblies) {
      if (assembly.pdb_id != row.str(0)) continue;
      assembly.kind = row.has2(1) ? row.str(1) : "";
      const auto count = row.has2(2) ? number_of(row[2]) : std::nullopt;
      assembly.polymer_count =
          count ? std::optional(static_cast<std::int64_t>(*count)) : std::nullopt;
    }
}

}  // namespace

std::vector<AssemblyDefinition> read_assemblies(cif::Block& block) {
  std::vector<AssemblyDefinition> assemblies;
  if (const Operators operators = read_operators(block); !operators.empty())
    for (const auto row : block.find("_pdbx_struct_assembly_gen.",
                                     {"assembly_id", "asym_id_list", "oper_expression"})) {
      const std::string id = row.str(0);
      auto assembly = std::find_if(assemblies.begin(), assemblies.end(),
                                   [&id](const auto& known) { return known.pdb_id == id; });
      if (assembly == assemblies.end()) assembly = assemblies.insert(assembly, {id, "", {}, {}});
      assembly->generators.push_back(
          {ids_in_list(row.str(1)), transforms_of(row.str(2), operators, id)});
    }
  if (assemblies.empty())
    assemblies.push_back({"1", "", {}, {{std::nullopt, {Eigen::Affine3d::Identity()}}}});
  read_details(block, assemblies);
  return assemblies;
}

std::vector<std::string> subchain_ids(const AssemblyDefinition::Generator& generator,
                                      const std::vector<Subchain>& model) {
  if (generator.subchains) return *generator.subchains;
  std::vector<std::string> ids;
  for (const auto& subchain : model) ids.push_back(subchain.id);
  return ids;
}

}  // namespace mmgym
