#pragma once

#include <string>
#include <vector>

namespace mmgym {

/// Codes of what crystals are grown and frozen with, and so is found bound without meaning: the
/// precipitants, salts and buffers of the sparse matrix screen of J. Jancarik and S.-H. Kim (J.
/// Appl. Cryst. 24, 409-411, 1991), with the lengths of polyethylene glycol that are seen, and the
/// two usual cryoprotectants, glycerol and ethylene glycol. Of its metals only sodium and potassium
/// are here: magnesium, calcium and zinc often mean something.
const std::vector<std::string>& common_additives();

}  // namespace mmgym
