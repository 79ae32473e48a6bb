#include "structure/read_structure.h"

#include <algorithm>
#include <cmath>
#include <gemmi/version.hpp>
#include <limits>
#include <memory>
#include <unordered_map>

#include "base/huge_pages.h"
#include "base/text.h"
#include "structure/assembly_definition.h"
#include "structure/cif_block.h"
#include "structure/entities.h"
#include "structure/model_confidence.h"
#include "structure/read_mmcif.h"
#include "structure/subchain_reader.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

[[noreturn]] void refuse(std::size_t row, std::string_view item, std::string_view value,
                         const char* expected) {
  throw StructureError("row " + std::to_string(row) + " of _atom_site: " + std::string(item) +
                       " is '" + std::string(value) + "', not " + expected);
}

/// Whether a value says that there is none. Programs write "nan" in any case.
bool is_missing(std::string_view value) {
  if (value.empty()) return true;
  const std::string name = lower_case(value);
  return name == "nan" || name == "-nan";
}

std::optional<int> seq_id_of(std::string_view value, std::size_t row) {
  if (value.empty()) return std::nullopt;
  int seq_id = 0;
  if (!parse_number(value, seq_id)) refuse(row, "label_seq_id", value, "a whole number");
  return seq_id;
}

/// The columns of _atom_site that are read. Texts, then numbers.
enum Column {
  kElement,
  kModel,
  kName,
  kAlt,
  kComp,
  kSubchain,
  kChain,
  kEntity,
  kSeq,
  kAuthorSeq,
  kInsertion,
  kX,
  kY,
  kZ,
  kOccupancy,
  kBFactor
};
const AtomColumns kColumns = {
    {"type_symbol", "pdbx_PDB_model_num", "label_atom_id", "label_alt_id", "label_comp_id",
     "label_asym_id", "auth_asym_id", "label_entity_id", "label_seq_id", "auth_seq_id",
     "pdbx_PDB_ins_code", "Cartn_x", "Cartn_y", "Cartn_z", "occupancy", "B_iso_or_equiv"},
    5};

/// Atoms to have room for at once. A file can promise any number of rows.
constexpr std::size_t kMostReserved = 1'000'000;

/// Builds subchains, residues and atoms from the rows of _atom_site.
class AtomReader {
 public:
  AtomReader(AtomRows& rows, const EntityFinder& entities, const InputLimits& limits,
             Structure& structure)
      : structure_(structure), rows_(rows), subchains_(entities, limits) {
    for (const Column column : {kElement, kX, kY, kZ})
      if (!rows.has(column))
        throw StructureError("no atoms: _atom_site lacks type_symbol or coordinates");
  }

  /// Reads a model; the first of the file if `model_id` is empty.
  void read(const std::string& model_id) {
    std::size_t row_number = 0;
    structure_.model_id = model_id;
    reserve_large(structure_.atoms, std::min(rows_.count(), kMostReserved));
    bool is_of_model = false;
    while (const Row* next = rows_.next()) {
      const Row& row = *next;
      ++row_number;
      const ColumnSet differing = rows_.differing();
      for (ChangeOf* change : {&model_, &subchain_, &residue_}) change->see(differing);
      if (model_.take()) {
        const std::string_view model = model_of(row[kModel]);
        if (structure_.model_id.empty()) structure_.model_id = model;
        is_of_model = model == structure_.model_id;
      }
      if (is_of_model) add_row(row, row_number);
    }
    if (row_number == 0) throw StructureError("no atoms: _atom_site is empty");
    if (structure_.atoms.empty())
      throw StructureError(structure_.unmodelled_atoms > 0
                               ? "no atoms with coordinates besides hydrogen and water"
                               : "no atoms besides hydrogen and water");
    structure_.subchains = subchains_.take_subchains();
    // Structures are queued, and a vector that has grown can have twice the capacity it needs.
    structure_.atoms.shrink_to_fit();
  }

 private:
  using Row = AtomRows::Row;

  void add_row(const Row& row, std::size_t row_number) {
    if (subchain_.take())
      subchain_number_ = subchains_.add(row[kSubchain], row[kChain], row[kEntity], row[kComp]);
    if (subchains_.is_water()) return;
    const Element element = find_element(row[kElement]).value_or(kUnknownElement);
    if (element == 1) return;

    const Eigen::Vector3d position_A(number(kX, row_number), number(kY, row_number),
                                     number(kZ, row_number));
    if (position_A.hasNaN()) {
      ++structure_.unmodelled_atoms;
      return;
    }
    const double occupancy = number(kOccupancy, row_number);
    Atom& atom = structure_.atoms.emplace_back();
    atom.position_A = position_A;
    // Some entries (1MNO) have negative occupancies.
    atom.occupancy = std::isnan(occupancy) ? 1.0 : std::clamp(occupancy, 0.0, 1.0);
    const double b_factor = rows_.number(kBFactor);
    // A missing, impossible or huge one is unknown.
    atom.b_factor = std::abs(b_factor) <= kMostCoordinate_A ? static_cast<float>(b_factor) : 0.0F;
    atom.element = element;
    atom.alt_id = row[kAlt].empty() ? '\0' : row[kAlt].front();
    atom.name = number_of_name(row[kName]);
    atom.residue = residue_of(row, row_number);
  }

  std::uint32_t number_of_name(std::string_view name) {
    last_name_ = name;
    const auto [found, is_new] = number_of_name_.try_emplace(
        last_name_, static_cast<std::uint32_t>(structure_.atom_names.size()));
    if (is_new) structure_.atom_names.push_back(last_name_);
    return found->second;
  }

  /// Returns the number in a column, NaN if it is missing. Throws StructureError if the value is
  /// not a number in range.
  double number(Column column, std::size_t row_number) const {
    const double value = rows_.number(column);
    if (std::abs(value) <= kMostCoordinate_A) return value;
    const std::string text = rows_.text(column);
    if (is_missing(text)) return std::numeric_limits<double>::quiet_NaN();
    refuse(row_number, kColumns.names[column], text, "a number in range");
  }

  /// Atoms of a residue are contiguous, so a new residue begins when a column changes.
  std::uint32_t residue_of(const Row& row, std::size_t row_number) {
    bool same =
        !structure_.residues.empty() && structure_.residues.back().subchain == subchain_number_;
    if (residue_.take()) {
      std::size_t i = 0;
      for (const Column column : {kSeq, kAuthorSeq, kInsertion, kComp}) {
        std::string& last = last_residue_[i++];
        if (row[column] == last) continue;
        last = row[column];
        same = false;
      }
    }
    if (!same) {
      Residue residue;
      residue.subchain = subchain_number_;
      residue.seq_id = seq_id_of(row[kSeq], row_number);
      residue.author_seq_id = std::string(row[kAuthorSeq]) + std::string(row[kInsertion]);
      residue.comp_id = row[kComp];
      structure_.residues.push_back(std::move(residue));
    }
    return static_cast<std::uint32_t>(structure_.residues.size() - 1);
  }

  Structure& structure_;
  AtomRows& rows_;
  ChangeOf model_ = {kModel};
  ChangeOf subchain_ = {kSubchain, kChain, kEntity, kComp};
  ChangeOf residue_ = {kSeq, kAuthorSeq, kInsertion, kComp};
  SubchainReader subchains_;
  std::unordered_map<std::string, std::uint32_t> number_of_name_;
  std::string last_name_;
  std::uint32_t subchain_number_ = 0;
  std::string last_residue_[4];
};

/// Skips subchains that the model lacks.
std::vector<AssemblyRecipe> recipes_of(const std::vector<AssemblyDefinition>& definitions,
                                       const std::vector<Subchain>& subchains) {
  std::unordered_map<std::string, std::uint32_t> number_of_id;
  for (const auto& subchain : subchains)
    number_of_id.try_emplace(subchain.id, static_cast<std::uint32_t>(number_of_id.size()));
  std::vector<AssemblyRecipe> recipes;
  for (const auto& definition : definitions) {
    if (!definition.refusal.empty()) continue;
    AssemblyRecipe& recipe = recipes.emplace_back(AssemblyRecipe{definition.pdb_id, {}});
    for (const auto& generator : definition.generators) {
      const auto list = std::make_shared<AssemblyRecipe::Subchains>();
      AssemblyRecipe::Subchains& numbers = *list;
      for (const auto& id : subchain_ids(generator, subchains))
        if (const auto found = number_of_id.find(id); found != number_of_id.end())
          numbers.push_back(found->second);
      std::sort(numbers.begin(), numbers.end());
      for (const auto& transform : generator.transforms) recipe.mates.push_back({transform, list});
    }
  }
  return recipes;
}

}  // namespace

Structure read_structure(const std::string& text, const std::string& file_name,
                         const std::string& model_id, const InputLimits& limits) {
  Structure structure;
  read_mmcif(text, file_name, kColumns, limits, [&](cif::Block& block, AtomRows& rows) {
    structure = {};
    const std::vector<Entity> entities = read_entities(block, limits);
    AtomReader(rows, EntityFinder(block, entities), limits, structure).read(model_id);
    ModelConfidence(block).set_residues(structure);
    structure.assemblies = recipes_of(read_assemblies(block, limits), structure.subchains);
  });
  return structure;
}

std::string gemmi_version() { return GEMMI_VERSION; }

}  // namespace mmgym
