#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "database/annotated_atoms.h"
#include "geometry/frame.h"

namespace mmgym {

/// Writes some of the atoms as mmCIF, at frame * (x, y, z), for molecular viewers: _atom_site and
/// what it refers to, in the order of mates, subchains and residues.
///
/// Symmetry mates are told apart as the wwPDB does it in its assembly files: copies of subchain A
/// and chain A are A (mate 0), A-2 (mate 1), A-3, ...; entity ids stay. Each atom keeps its names,
/// alternate location, occupancy and B factor. `name` is that of the data block.
/// Throws WriteError if the file cannot be written.
void write_atoms(const std::filesystem::path& path, const std::string& name,
                 const AnnotatedAtoms& atoms, const std::vector<std::size_t>& chosen,
                 const Frame& frame, const std::vector<std::string>& polymer_labels);

}  // namespace mmgym
