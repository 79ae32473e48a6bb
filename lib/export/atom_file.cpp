#include "export/atom_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>
#include <utility>

#include "export/cif_file.h"

namespace mmgym {
namespace {

/// Returns "A", or "A-2" for the second copy.
std::string copy_id(const std::string& id, std::uint32_t mate) {
  return mate == 0 ? id : fmt::format("{}-{}", id, mate + 1);
}

/// Splits a stored auth_seq_id into number and insertion code.
std::pair<std::string, std::string> split_author_seq_id(const std::string& text) {
  const std::size_t digits = text.find_last_of("0123456789");
  if (digits == std::string::npos) return {text, ""};
  return {text.substr(0, digits + 1), text.substr(digits + 1)};
}

/// Returns label_seq_id, or auth_seq_id if there is none, or 0 if that is not a number.
int sequence_number(const AnnotatedResidue& residue) {
  if (residue.seq_id) return *residue.seq_id;
  return std::atoi(residue.author_seq_id.c_str());
}

/// Whether one residue is written before another. Subchains are named A, B, ..., Z, AA, ...
bool before(const AnnotatedResidue& a, const AnnotatedResidue& b) {
  const auto size_a = a.subchain_id.size();
  const auto size_b = b.subchain_id.size();
  const int number_a = sequence_number(a);
  const int number_b = sequence_number(b);
  return std::tie(a.symmetry_mate, size_a, a.subchain_id, number_a, a.author_seq_id, a.comp_id) <
         std::tie(b.symmetry_mate, size_b, b.subchain_id, number_b, b.author_seq_id, b.comp_id);
}

/// Returns the atoms in the order of the file. Atoms of a residue keep the stored order.
std::vector<std::size_t> in_order(const AtomAnnotations& annotation,
                                  const std::vector<std::size_t>& chosen) {
  std::vector<std::size_t> order = chosen;
  std::stable_sort(order.begin(), order.end(), [&annotation](std::size_t a, std::size_t b) {
    return before(annotation.residues[annotation.residue[a]],
                  annotation.residues[annotation.residue[b]]);
  });
  return order;
}

/// Returns _entity and _entity_poly, which viewers need to distinguish chains and ligands.
std::vector<CifCategory> entities(const AnnotatedAtoms& atoms,
                                  const std::vector<std::size_t>& chosen,
                                  const std::vector<std::string>& polymer_labels) {
  struct Entity {
    bool is_polymer;
    std::string polymer_type;
  };
  std::map<std::string, Entity> found;
  for (const std::size_t atom : chosen) {
    const auto& residue = atoms.annotation.residues[atoms.annotation.residue[atom]];
    const auto label = static_cast<std::size_t>(residue.polymer_label.value_or(-1));
    found[residue.entity_id] = {(atoms.drawing.flags[atom] & kIsPolymer) != 0,
                                label < polymer_labels.size() ? polymer_labels[label] : "other"};
  }
  CifCategory entity{"_entity.", {"id", "type"}, {}};
  CifCategory polymer{"_entity_poly.", {"entity_id", "type"}, {}};
  for (const auto& [id, facts] : found) {
    entity.add(id);
    entity.add(facts.is_polymer ? "polymer" : "non-polymer");
    if (!facts.is_polymer) continue;
    polymer.add(id);
    polymer.add(facts.polymer_type);
  }
  return {std::move(entity), std::move(polymer)};
}

}  // namespace

void write_atoms(const std::filesystem::path& path, const std::string& name,
                 const AnnotatedAtoms& atoms, const std::vector<std::size_t>& chosen,
                 const Frame& frame, const std::vector<std::string>& polymer_labels) {
  CifCategory site{"_atom_site.",
                   {"group_PDB",      "id",
                    "type_symbol",    "label_atom_id",
                    "label_alt_id",   "label_comp_id",
                    "label_asym_id",  "label_entity_id",
                    "label_seq_id",   "pdbx_PDB_ins_code",
                    "Cartn_x",        "Cartn_y",
                    "Cartn_z",        "occupancy",
                    "B_iso_or_equiv", "auth_seq_id",
                    "auth_comp_id",   "auth_asym_id",
                    "auth_atom_id",   "pdbx_PDB_model_num"},
                   {}};
  site.values.reserve(chosen.size() * site.items.size());
  const DrawingAtoms& drawing = atoms.drawing;
  const AtomAnnotations& annotation = atoms.annotation;
  std::size_t serial = 0;
  for (const std::size_t i : in_order(annotation, chosen)) {
    const auto& residue = annotation.residues[annotation.residue[i]];
    const Eigen::Vector3d place_A =
        frame * Eigen::Vector3d(drawing.x_A[i], drawing.y_A[i], drawing.z_A[i]);
    const auto [author_seq_id, insertion] = split_author_seq_id(residue.author_seq_id);
    site.add((drawing.flags[i] & kIsPolymer) != 0 ? "ATOM" : "HETATM");
    site.add(std::to_string(++serial));
    site.add(std::string(element_symbol(drawing.element[i])));
    site.add(annotation.name[i]);
    site.add(annotation.alt_id[i] == 0 ? "" : std::string(1, annotation.alt_id[i]));
    site.add(residue.comp_id);
    site.add(copy_id(residue.subchain_id, residue.symmetry_mate));
    site.add(residue.entity_id);
    site.add(residue.seq_id ? std::to_string(*residue.seq_id) : "");
    site.add(insertion);
    site.add(fmt::format("{:.3f}", place_A.x()));
    site.add(fmt::format("{:.3f}", place_A.y()));
    site.add(fmt::format("{:.3f}", place_A.z()));
    site.add(fmt::format("{:.4g}", drawing.occupancy[i]));
    site.add(fmt::format("{:.2f}", annotation.b_factor[i]));
    site.add(author_seq_id);
    site.add(residue.comp_id);
    site.add(copy_id(residue.chain_id, residue.symmetry_mate));
    site.add(annotation.name[i]);
    site.add("1");
  }
  std::vector<CifCategory> categories = entities(atoms, chosen, polymer_labels);
  categories.push_back(std::move(site));
  write_cif(path.string(), name, std::move(categories));
}

}  // namespace mmgym
