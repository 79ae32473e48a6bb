#pragma once

#include <string>
#include <vector>

namespace mmgym {

/// Residue codes of crystallization and freezing additives, which often bind without a biological
/// function: the precipitants, salts and buffers of the sparse matrix screen of J. Jancarik and
/// S.-H. Kim (J. Appl. Cryst. 24, 409-411, 1991), polyethylene glycols of all lengths in the PDB,
/// and the two common cryoprotectants, glycerol and ethylene glycol. Of the screen's metals, only
/// sodium and potassium are listed: magnesium, calcium and zinc often have a function.
const std::vector<std::string>& common_additives();

}  // namespace mmgym
