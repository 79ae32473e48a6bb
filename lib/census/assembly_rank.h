#pragma once

#include <vector>

#include "structure/facts.h"

namespace mmgym {

/// The assemblies of a structure that are worth looking at, in the order in which to do so, as
/// indices. Rules of macromol-census:
///
/// * Only kinds that stand for biology ("author_defined_assembly" and so on), not, say, an
///   "icosahedral pentamer" or the "crystal asymmetric unit".
/// * Of those with the same subchains, the one with the most polymers; the first of equals.
/// * As few as cover all subchains that any of them has (minimal_cover()).
/// * Those with more polymers first, then by id, bytewise: "10" before "2".
///
/// If no assembly of a structure has a kind, all are considered: such a file is not from the PDB,
/// and the user chose it.
std::vector<std::size_t> rank_assemblies(const std::vector<AssemblyFacts>& assemblies);

}  // namespace mmgym
