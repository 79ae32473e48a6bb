#pragma once

#include "structure/structure.h"

namespace mmgym {

/// Removes the atoms of residues whose pLDDT is below a threshold, and counts these residues.
/// Residues without a pLDDT stay: they are of experimental structures, or of programs that have
/// no pLDDT.
void leave_out_unsure_residues(Structure& structure, double min_plddt);

}  // namespace mmgym
