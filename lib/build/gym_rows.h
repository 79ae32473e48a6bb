#pragma once

#include <string>
#include <vector>

#include "census/cath.h"
#include "database/rows.h"
#include "structure/assembly.h"
#include "zones/find_zones.h"

namespace mmgym {

/// Polymer types that have a label; the label is the position in this list.
inline const std::vector<std::string> kPolymerLabels = {"polypeptide(L)", "polydeoxyribonucleotide",
                                                        "polyribonucleotide"};

/// The rows of an assembly with zones: these, and in tiles the atoms near them. `cath`: the labeled
/// domains of its structure.
AssemblyRows assembly_rows(const Assembly& assembly, const std::vector<Zone>& zones,
                           const ZoneParameters& parameters,
                           const std::vector<CathDomains::Domain>& cath);

}  // namespace mmgym
