#include "structure/read_structure.h"

#include <algorithm>
#include <cmath>
#include <gemmi/cif.hpp>
#include <gemmi/numb.hpp>
#include <gemmi/version.hpp>
#include <unordered_map>
#include <unordered_set>

#include "structure/atom_rows.h"
#include "structure/cif_block.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

/// Beyond this, in A, coordinates are damage; the largest of the PDB are some thousands.
constexpr double kMostCoordinate_A = 1e5;

/// A number that has to be there.
double required_number(std::string_view value, const char* item, std::size_t row) {
  const double number = number_in(value);
  if (!(std::abs(number) <= kMostCoordinate_A))
    throw StructureError("row " + std::to_string(row) + " of _atom_site: " + item + " is '" +
                         std::string(value) + "', not a number that makes sense");
  return number;
}

const std::vector<std::string_view> kCategories = {"_entry.",
                                                   "_entity.",
                                                   "_entity_poly.",
                                                   "_pdbx_entity_nonpoly.",
                                                   "_struct_asym.",
                                                   "_pdbx_struct_assembly_gen.",
                                                   "_pdbx_struct_oper_list."};

// ------------------------------------------------------------------------------------------ atoms

/// The columns of _atom_site that are read.
enum Column {
  kElement,
  kModel,
  kX,
  kY,
  kZ,
  kOccupancy,
  kBFactor,
  kName,
  kAlt,
  kComp,
  kSubchain,
  kChain,
  kEntity,
  kSeq,
  kAuthorSeq,
  kInsertion
};
const std::vector<std::string_view> kColumns = {
    "type_symbol",     "pdbx_PDB_model_num", "Cartn_x",        "Cartn_y",
    "Cartn_z",         "occupancy",          "B_iso_or_equiv", "label_atom_id",
    "label_alt_id",    "label_comp_id",      "label_asym_id",  "auth_asym_id",
    "label_entity_id", "label_seq_id",       "auth_seq_id",    "pdbx_PDB_ins_code"};

/// Builds subchains, residues and atoms from the rows of _atom_site.
class AtomReader {
 public:
  AtomReader(cif::Block& block, AtomRows& rows, Structure& structure)
      : structure_(structure), rows_(rows) {
    for (const Column column : {kElement, kX, kY, kZ})
      if (!rows.has(column))
        throw StructureError("no atoms: _atom_site lacks type_symbol or coordinates");
    for (const auto row : block.find("_struct_asym.", {"id", "entity_id"}))
      entity_of_subchain_[row.str(0)] = row.str(1);
  }

  /// Reads a model; the first of the file if none is named.
  void read(const std::string& model_id) {
    std::size_t row_number = 0;
    structure_.model_id = model_id;
    Row row;
    while (rows_.next(row)) {
      ++row_number;
      const std::string_view model = model_of(row[kModel]);
      if (structure_.model_id.empty()) structure_.model_id = model;
      if (model == structure_.model_id) add_atom(row, row_number);
    }
    if (row_number == 0) throw StructureError("no atoms: _atom_site is empty");
    if (structure_.atoms.empty()) throw StructureError("no atoms besides hydrogen and water");
    // Structures wait for their turn, and a vector that has grown holds up to twice what it needs.
    structure_.atoms.shrink_to_fit();
  }

 private:
  using Row = std::vector<std::string_view>;

  void add_atom(const Row& row, std::size_t row_number) {
    const Element element = find_element(row[kElement]).value_or(kUnknownElement);
    if (element == 1) return;
    if (row[kComp] == "HOH" || row[kComp] == "DOD") return;

    Atom& atom = structure_.atoms.emplace_back();
    atom.position_A = {required_number(row[kX], "Cartn_x", row_number),
                       required_number(row[kY], "Cartn_y", row_number),
                       required_number(row[kZ], "Cartn_z", row_number)};
    // Some entries (1MNO) have negative occupancies.
    atom.occupancy =
        row[kOccupancy].empty()
            ? 1.0
            : std::clamp(required_number(row[kOccupancy], "occupancy", row_number), 0.0, 1.0);
    const double b_factor = number_in(row[kBFactor]);
    atom.b_factor = std::isnan(b_factor) ? 0.0F : static_cast<float>(b_factor);
    atom.element = element;
    atom.alt_id = row[kAlt].empty() ? '\0' : row[kAlt].front();
    atom.name = row[kName];
    atom.residue = residue_of(row);
  }

  /// Atoms of a residue follow each other, so only a change makes a new one.
  std::uint32_t residue_of(const Row& row) {
    bool same = !structure_.residues.empty();
    std::size_t i = 0;
    for (const Column column : {kSubchain, kChain, kEntity, kSeq, kAuthorSeq, kInsertion, kComp}) {
      std::string& last = last_residue_[i++];
      if (row[column] == last) continue;
      last = row[column];
      same = false;
    }
    if (!same) {
      Residue residue;
      residue.subchain = subchain_of(row);
      if (!row[kSeq].empty()) residue.seq_id = cif::as_int(std::string(row[kSeq]));
      residue.author_seq_id = std::string(row[kAuthorSeq]) + std::string(row[kInsertion]);
      residue.comp_id = row[kComp];
      structure_.residues.push_back(std::move(residue));
    }
    return static_cast<std::uint32_t>(structure_.residues.size() - 1);
  }

  std::uint32_t subchain_of(const Row& row) {
    const std::string id(row[kSubchain].empty() ? row[kChain] : row[kSubchain]);
    const auto [found, is_new] =
        subchain_index_.try_emplace(id, static_cast<std::uint32_t>(structure_.subchains.size()));
    if (is_new) {
      Subchain subchain;
      subchain.id = id;
      subchain.chain_id = row[kChain];
      subchain.entity_id = row[kEntity];
      if (subchain.entity_id.empty()) subchain.entity_id = entity_of_subchain_[id];
      structure_.subchains.push_back(std::move(subchain));
    }
    return found->second;
  }

  Structure& structure_;
  AtomRows& rows_;
  std::unordered_map<std::string, std::string> entity_of_subchain_;
  std::unordered_map<std::string, std::uint32_t> subchain_index_;
  std::string last_residue_[7];
};

void read_entities(cif::Block& block, Structure& structure) {
  std::unordered_set<std::string> polymers;
  for (const auto row : block.find("_entity.", {"id", "type"}))
    if (lower(row.str(1)) == "polymer") polymers.insert(row.str(0));
  std::unordered_map<std::string, std::string> types;
  for (const auto row : block.find("_entity_poly.", {"entity_id", "type"}))
    types[row.str(0)] = row.str(1);
  std::unordered_map<std::string, std::string> codes;
  for (const auto row : block.find("_pdbx_entity_nonpoly.", {"entity_id", "comp_id"}))
    codes[row.str(0)] = row.str(1);
  for (auto& subchain : structure.subchains) {
    subchain.is_polymer = polymers.count(subchain.entity_id) != 0;
    const auto type = types.find(subchain.entity_id);
    if (type != types.end()) subchain.polymer_type = type->second;
    const auto code = codes.find(subchain.entity_id);
    if (code != codes.end()) subchain.comp_id = code->second;
  }
}

// ------------------------------------------------------------------------------------- assemblies

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
    if (!transform.matrix().allFinite())
      throw StructureError("operator '" + row.str(0) + "' has a matrix that is not all numbers");
    if (transform.translation().cwiseAbs().maxCoeff() > kMostCoordinate_A)
      throw StructureError("operator '" + row.str(0) + "' shifts atoms too far to make sense");
    operators[row.str(0)] = transform;
  }
  return operators;
}

/// Their numbers. Subchains of water, or of other models, have no atoms here and are passed over.
std::vector<std::uint32_t> numbers_of(const std::vector<std::string>& subchains,
                                      const Structure& structure) {
  const std::unordered_set<std::string> ids(subchains.begin(), subchains.end());
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < structure.subchains.size(); ++i)
    if (ids.count(structure.subchains[i].id) != 0) numbers.push_back(i);
  return numbers;
}

AssemblyRecipe asymmetric_unit(const Structure& structure) {
  AssemblyRecipe::Mate mate{Eigen::Affine3d::Identity(), {}};
  for (std::uint32_t i = 0; i < structure.subchains.size(); ++i) mate.subchains.push_back(i);
  return {"1", {std::move(mate)}};
}

void read_assemblies(cif::Block& block, Structure& structure) {
  const Operators operators = read_operators(block);
  auto& assemblies = structure.assemblies;
  for (const auto& generator : read_generators(block)) {
    if (operators.empty()) break;  // they have no matrices
    const std::string& id = generator.assembly_id;
    auto assembly = std::find_if(assemblies.begin(), assemblies.end(),
                                 [&id](const auto& known) { return known.pdb_id == id; });
    if (assembly == assemblies.end()) assembly = assemblies.insert(assembly, {id, {}});
    const auto subchains = numbers_of(generator.subchains, structure);
    for (const auto& product : generator.products) {
      Eigen::Affine3d transform = Eigen::Affine3d::Identity();
      for (const auto& factor : product) transform = transform * operators.at(factor);
      assembly->mates.push_back({transform, subchains});
    }
  }
  if (assemblies.empty()) assemblies.push_back(asymmetric_unit(structure));
}

}  // namespace

Structure read_structure(const std::string& text, const std::string& file_name,
                         const std::string& model_id) {
  return read_mmcif(text, file_name, kCategories, kColumns, [&](cif::Block& block, AtomRows& rows) {
    Structure structure;
    structure.pdb_id = pdb_id_of(block, file_name);
    AtomReader(block, rows, structure).read(model_id);
    read_entities(block, structure);
    read_assemblies(block, structure);
    return structure;
  });
}

std::string gemmi_version() { return GEMMI_VERSION; }

}  // namespace mmgym
