#pragma once

#include <string>
#include <vector>

namespace mmgym {

/// Codes of substances that crystals are grown and frozen in, and that are often bound without a
/// biological meaning: the precipitants, salts and buffers of the sparse matrix screen of J.
/// Jancarik and S.-H. Kim (J. Appl. Cryst. 24, 409-411, 1991), with the lengths of polyethylene
/// glycol that the PDB has, and the two usual cryoprotectants, glycerol and ethylene glycol. Of the
/// screen's metals only sodium and potassium are listed: magnesium, calcium and zinc often have a
/// function.
const std::vector<std::string>& common_additives();

}  // namespace mmgym
