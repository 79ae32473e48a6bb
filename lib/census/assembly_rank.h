#pragma once

#include <vector>

#include "structure/facts.h"

namespace mmgym {

/// Selects and sorts the assemblies of a structure to search for zones. Returns indices. Rules of
/// macromol-census:
///
/// * Refused assemblies are left out.
/// * Only biological kinds ("author_defined_assembly" and so on) are selected, not an "icosahedral
///   pentamer" or the "crystal asymmetric unit".
/// * Of assemblies with the same subchains, only the one with the most polymers is selected; of
///   equals, the first.
/// * The fewest assemblies that cover all subchains are selected (minimal_cover()).
/// * Assemblies are sorted by number of polymers, descending, then by id, bytewise: "10" before
/// "2".
///
/// If no assembly has a kind, all are considered: the file is not from the PDB, and the user chose
/// it.
std::vector<std::size_t> rank_assemblies(const std::vector<AssemblyFacts>& assemblies);

}  // namespace mmgym
