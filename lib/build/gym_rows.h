#pragma once

#include <string>
#include <vector>

#include "base/stage_timer.h"
#include "census/cath.h"
#include "database/rows.h"
#include "structure/assembly.h"
#include "zones/find_zones.h"

namespace mmgym {

/// Labeled polymer types. The label is the position in this list.
inline const std::vector<std::string> kPolymerLabels = {"polypeptide(L)", "polydeoxyribonucleotide",
                                                        "polyribonucleotide"};

/// Returns the rows of an assembly: its zones, and the atoms near them in tiles. `cath`: the
/// labeled domains of the structure.
AssemblyRows assembly_rows(const Assembly& assembly, const std::vector<Zone>& zones,
                           const ZoneParameters& parameters,
                           const std::vector<CathDomains::Domain>& cath,
                           ThreadTimes* times = nullptr);

}  // namespace mmgym
