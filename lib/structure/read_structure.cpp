#include "structure/read_structure.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <gemmi/cif.hpp>
#include <gemmi/numb.hpp>
#include <gemmi/version.hpp>
#include <unordered_map>
#include <unordered_set>

#include "structure/cif_block.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

cif::Block& block_with_atoms(cif::Document& document) {
  for (auto& block : document.blocks)
    if (block.find("_atom_site.", {"Cartn_x"}).ok()) return block;
  throw StructureError("no atoms: the file has no _atom_site category");
}

/// Beyond this, in A, coordinates are damage; the largest of the PDB are some thousands.
constexpr double kMostCoordinate_A = 1e5;

/// A number that has to be there.
double required_number(const std::string& value, const char* item, std::size_t row) {
  const double number = cif::as_number(value);
  if (!(std::abs(number) <= kMostCoordinate_A))
    throw StructureError("row " + std::to_string(row) + " of _atom_site: " + item + " is '" +
                         value + "', not a number that makes sense");
  return number;
}

// ------------------------------------------------------------------------------------------ atoms

/// The columns of _atom_site that are read; a '?' marks those that a file may lack.
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
const std::vector<std::string> kColumns = {
    "type_symbol",      "?pdbx_PDB_model_num", "Cartn_x",         "Cartn_y",
    "Cartn_z",          "?occupancy",          "?B_iso_or_equiv", "?label_atom_id",
    "?label_alt_id",    "?label_comp_id",      "?label_asym_id",  "?auth_asym_id",
    "?label_entity_id", "?label_seq_id",       "?auth_seq_id",    "?pdbx_PDB_ins_code"};

/// Builds subchains, residues and atoms from the rows of _atom_site.
class AtomReader {
 public:
  AtomReader(cif::Block& block, Structure& structure)
      : structure_(structure), table_(block.find("_atom_site.", kColumns)) {
    if (!table_.ok()) throw StructureError("no atoms: _atom_site lacks type_symbol or coordinates");
    for (const auto row : block.find("_struct_asym.", {"id", "entity_id"}))
      entity_of_subchain_[row.str(0)] = row.str(1);
  }

  /// Reads a model; the first of the file if none is named.
  void read(const std::string& model_id) {
    const bool has_models = table_.has_column(kModel);
    std::size_t row_number = 0;
    if (has_models) structure_.model_id = model_id;
    for (const auto row : table_) {
      ++row_number;
      if (has_models) {
        const std::string& model = row[kModel];
        if (structure_.model_id.empty()) structure_.model_id = model;
        if (model != structure_.model_id) continue;
      }
      add_atom(row, row_number);
    }
    if (row_number == 0) throw StructureError("no atoms: _atom_site is empty");
    if (structure_.atoms.empty()) throw StructureError("no atoms besides hydrogen and water");
    if (!has_models) structure_.model_id = "1";
    // Structures wait for their turn, and a vector that has grown holds up to twice what it needs.
    structure_.atoms.shrink_to_fit();
  }

 private:
  using Row = cif::Table::Row;

  std::string text(const Row& row, Column column) const {
    return row.has2(column) ? row.str(column) : std::string();
  }

  void add_atom(const Row& row, std::size_t row_number) {
    const std::string& symbol = row[kElement];
    const Element element = find_element(cif::as_string(symbol)).value_or(kUnknownElement);
    if (element == 1) return;
    if (row.has(kComp) && (row[kComp] == "HOH" || row[kComp] == "DOD")) return;

    Atom& atom = structure_.atoms.emplace_back();
    atom.position_A = {required_number(row[kX], "Cartn_x", row_number),
                       required_number(row[kY], "Cartn_y", row_number),
                       required_number(row[kZ], "Cartn_z", row_number)};
    // Some entries (1MNO) have negative occupancies.
    atom.occupancy =
        row.has2(kOccupancy)
            ? std::clamp(required_number(row[kOccupancy], "occupancy", row_number), 0.0, 1.0)
            : 1.0;
    atom.b_factor =
        row.has(kBFactor) ? static_cast<float>(cif::as_number(row[kBFactor], 0.0)) : 0.0F;
    atom.element = element;
    atom.alt_id = row.has2(kAlt) ? row.str(kAlt).front() : '\0';
    atom.name = text(row, kName);
    atom.residue = residue_of(row);
  }

  /// Atoms of a residue follow each other, so only a change makes a new one.
  std::uint32_t residue_of(const Row& row) {
    bool same = !structure_.residues.empty();
    std::size_t i = 0;
    for (const Column column : {kSubchain, kChain, kEntity, kSeq, kAuthorSeq, kInsertion, kComp}) {
      static const std::string kAbsent = "?";
      const std::string& value = row.has(column) ? row[column] : kAbsent;
      std::string& last = last_residue_[i++];
      if (value == last) continue;
      last = value;
      same = false;
    }
    if (!same) {
      Residue residue;
      residue.subchain = subchain_of(row);
      if (row.has2(kSeq)) residue.seq_id = cif::as_int(row[kSeq]);
      residue.author_seq_id = text(row, kAuthorSeq) + text(row, kInsertion);
      residue.comp_id = text(row, kComp);
      structure_.residues.push_back(std::move(residue));
    }
    return static_cast<std::uint32_t>(structure_.residues.size() - 1);
  }

  std::uint32_t subchain_of(const Row& row) {
    std::string id = text(row, kSubchain);
    if (id.empty()) id = text(row, kChain);
    const auto [found, is_new] =
        subchain_index_.try_emplace(id, static_cast<std::uint32_t>(structure_.subchains.size()));
    if (is_new) {
      Subchain subchain;
      subchain.id = id;
      subchain.chain_id = text(row, kChain);
      subchain.entity_id = text(row, kEntity);
      if (subchain.entity_id.empty()) subchain.entity_id = entity_of_subchain_[id];
      structure_.subchains.push_back(std::move(subchain));
    }
    return found->second;
  }

  Structure& structure_;
  cif::Table table_;
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

std::vector<std::uint32_t> subchains_in_list(const std::string& list, const Structure& structure) {
  // Subchains of water, or of other models, have no atoms here and are passed over.
  std::vector<std::uint32_t> indices;
  std::unordered_set<std::string> ids;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string id = list.substr(begin, end - begin);
    const auto is_space = [](unsigned char c) { return std::isspace(c) != 0; };
    id.erase(std::remove_if(id.begin(), id.end(), is_space), id.end());
    ids.insert(std::move(id));
    begin = end + 1;
  }
  for (std::uint32_t i = 0; i < structure.subchains.size(); ++i)
    if (ids.count(structure.subchains[i].id) != 0) indices.push_back(i);
  return indices;
}

AssemblyRecipe asymmetric_unit(const Structure& structure) {
  AssemblyRecipe::Mate mate{Eigen::Affine3d::Identity(), {}};
  for (std::uint32_t i = 0; i < structure.subchains.size(); ++i) mate.subchains.push_back(i);
  return {"1", {std::move(mate)}};
}

void read_assemblies(cif::Block& block, Structure& structure) {
  const Operators operators = read_operators(block);
  auto& assemblies = structure.assemblies;
  for (const auto row : block.find("_pdbx_struct_assembly_gen.",
                                   {"assembly_id", "asym_id_list", "oper_expression"})) {
    if (operators.empty()) break;
    const std::string id = row.str(0);
    auto assembly = std::find_if(assemblies.begin(), assemblies.end(),
                                 [&id](const auto& known) { return known.pdb_id == id; });
    if (assembly == assemblies.end()) assembly = assemblies.insert(assembly, {id, {}});
    const auto subchains = subchains_in_list(row.str(1), structure);
    for (const auto& product : parse_operator_expression(row.str(2))) {
      Eigen::Affine3d transform = Eigen::Affine3d::Identity();
      for (const auto& factor : product) {
        const auto found = operators.find(factor);
        if (found == operators.end())
          throw StructureError("assembly " + id + " uses operator '" + factor +
                               "', which _pdbx_struct_oper_list does not define");
        transform = transform * found->second;
      }
      assembly->mates.push_back({transform, subchains});
    }
  }
  if (assemblies.empty()) assemblies.push_back(asymmetric_unit(structure));
}

}  // namespace

Structure read_structure(const std::string& text, const std::string& file_name,
                         const std::string& model_id) {
  cif::Document document = parse_cif(text, file_name);
  cif::Block& block = block_with_atoms(document);
  Structure structure;
  structure.pdb_id = pdb_id_of(block, file_name);
  AtomReader(block, structure).read(model_id);
  read_entities(block, structure);
  read_assemblies(block, structure);
  return structure;
}

std::string gemmi_version() { return GEMMI_VERSION; }

}  // namespace mmgym
