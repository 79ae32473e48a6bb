#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "database/annotated_atoms.h"
#include "geometry/frame.h"

namespace mmgym {

/// Writes the `chosen` atoms as mmCIF, at frame * (x, y, z), for molecular viewers: _atom_site and
/// the categories that it refers to. Atoms are sorted by symmetry mate, subchain and residue.
///
/// Symmetry mates are named as in the assembly files of the wwPDB: copies of subchain A and chain A
/// are A (mate 0), A-2 (mate 1), A-3, ... Entity ids do not change. Each atom keeps its names,
/// alternate location, occupancy and B factor. `name` is the name of the data block. Throws
/// WriteError if the file cannot be written.
void write_atoms(const std::filesystem::path& path, const std::string& name,
                 const AnnotatedAtoms& atoms, const std::vector<std::size_t>& chosen,
                 const Frame& frame, const std::vector<std::string>& polymer_labels);

}  // namespace mmgym
