#include "structure/assembly_definition.h"

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
                                           const std::string& assembly_id,
                                           const InputLimits& limits, std::uint64_t& used) {
  std::vector<Eigen::Affine3d> transforms;
  for (const auto& product : parse_operator_expression(expression, limits, used)) {
    Eigen::Affine3d transform = Eigen::Affine3d::Identity();
    for (const auto& factor : product) {
      const auto found = operators.find(factor);
      if (found == operators.end())
        throw StructureError("assembly " + assembly_id + " uses operator '" + shortened(factor) +
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

/// Adds a row of _pdbx_struct_assembly_gen to its assembly, or refuses the assembly.
void add_generator(AssemblyDefinition& assembly, const cif::Table::Row& row,
                   const Operators& operators, const InputLimits& limits, std::uint64_t& used) {
  if (!assembly.refusal.empty()) return;
  try {
    assembly.generators.push_back(
        {ids_in_list(row.str(1)),
         transforms_of(row.str(2), operators, assembly.pdb_id, limits, used)});
  } catch (const StructureError& error) {
    assembly.refusal = error.what();
    assembly.generators.clear();
  }
}

/// Places of assemblies in a list, by id.
using Places = std::unordered_map<std::string, std::size_t>;

void read_details(cif::Block& block, const Places& places,
                  std::vector<AssemblyDefinition>& assemblies) {
  for (const auto row :
       block.find("_pdbx_struct_assembly.", {"id", "?details", "?oligomeric_count"})) {
    const auto place = places.find(row.str(0));
    if (place == places.end()) continue;
    AssemblyDefinition& assembly = assemblies[place->second];
    assembly.kind = row.has2(1) ? row.str(1) : "";
    const auto count = row.has2(2) ? number_of(row[2]) : std::nullopt;
    assembly.polymer_count =
        count && *count >= 0 ? std::optional(static_cast<std::int64_t>(*count)) : std::nullopt;
  }
}

}  // namespace

std::vector<AssemblyDefinition> read_assemblies(cif::Block& block, const InputLimits& limits) {
  std::vector<AssemblyDefinition> assemblies;
  Places places;
  std::uint64_t operators_used = 0;
  if (const Operators operators = read_operators(block); !operators.empty())
    for (const auto row : block.find("_pdbx_struct_assembly_gen.",
                                     {"assembly_id", "asym_id_list", "oper_expression"})) {
      const std::string id = row.str(0);
      const auto [place, is_new] = places.try_emplace(id, assemblies.size());
      if (is_new) {
        assemblies.push_back({id, "", {}, {}, ""});
        check_limit(assemblies.size(), limits, &InputLimits::max_assemblies, "assemblies");
      }
      add_generator(assemblies[place->second], row, operators, limits, operators_used);
    }
  if (assemblies.empty()) {
    places.emplace("1", 0);
    assemblies.push_back({"1", "", {}, {{std::nullopt, {Eigen::Affine3d::Identity()}}}, ""});
  }
  read_details(block, places, assemblies);
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
