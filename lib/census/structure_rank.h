#pragma once

#include <optional>
#include <string>
#include <vector>

#include "structure/quality.h"

namespace mmgym {

/// Width of the bins in which figures count as equal, so that the next figure decides.
inline constexpr float kResolutionBin_A = 0.1F;
inline constexpr float kClashscoreBin = 0.2F;
/// Worse resolutions than this all count as unknown.
inline constexpr float kWorstRankedResolution_A = 4.0F;

/// Numbers of the bins; none if the figure is unknown or counts as unknown.
/// Figures are multiplied by 1/width in single precision and halves go to the even bin, as
/// macromol-census does with polars: 2.25 A is in bin 22, 2.35 A in bin 24.
std::optional<int> resolution_bin(const Quality& quality);
std::optional<int> clashscore_bin(const Quality& quality);

/// Whether a structure comes before another, by macromol-census' rules: the better resolution (in
/// bins; none worse than 4 A), the lower clashscore (in bins), the more NMR restraints, the lower
/// R-free, the higher Q-score, the later deposition, the later PDB id. Unknown figures come
/// last. The same order as sql/select_structures_by_rank.sql.
bool ranks_before(const Quality& a, const std::string& pdb_id_a, const Quality& b,
                  const std::string& pdb_id_b);

}  // namespace mmgym
