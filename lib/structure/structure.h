#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/errors.h"
#include "chemistry/element.h"
#include "structure/assembly_recipe.h"
#include "structure/subchain.h"

namespace mmgym {

/// A file, or a part of one, that cannot be used. The message says what is wrong and where in the
/// file; callers add the path.
class StructureError : public InputError {
 public:
  using InputError::InputError;
};

/// The longest value of _atom_site that a database can store. Any longer one is an error in the
/// file.
inline constexpr std::size_t kMostValueBytes = 255;

struct Residue {
  std::uint32_t subchain;            // index into Structure::subchains
  std::optional<int> seq_id;         // label_seq_id, only of polymers
  std::string author_seq_id;         // auth_seq_id and the insertion code
  std::string comp_id;               // label_comp_id
  std::optional<double> plddt = {};  // 0-100, only of computed models (model_confidence.h)
};

struct Atom {
  Eigen::Vector3d position_A;
  double occupancy;  // in [0, 1]
  float b_factor;    // 0 if the file lacks it
  std::uint32_t residue;
  std::uint32_t name;  // index into Structure::atom_names
  Element element;
  char alt_id;  // 0 if there is no alternative
};

/// One model of a structure, without water and hydrogen, with all alternate locations, and the
/// recipes of its assemblies.
struct Structure {
  std::string model_id;
  std::vector<Subchain> subchains;  // of the model, including those without atoms in `atoms`
  std::vector<Residue> residues;
  std::vector<Atom> atoms;              // in the order of the file
  std::vector<std::string> atom_names;  // each once: there are few
  /// Rows of atoms whose coordinates are missing ("?", ".", "nan"): they were not modelled.
  std::size_t unmodelled_atoms = 0;
  /// Residues whose atoms leave_out_unsure_residues() has removed.
  std::size_t unsure_residues = 0;
  std::vector<AssemblyRecipe> assemblies;

  const std::string& name_of(const Atom& atom) const { return atom_names[atom.name]; }
  const Subchain& subchain_of(const Atom& atom) const {
    return subchains[residues[atom.residue].subchain];
  }
};

}  // namespace mmgym
