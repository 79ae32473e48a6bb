#pragma once

#include <optional>
#include <string>
#include <vector>

#include "structure/quality.h"

namespace mmgym {

/// Widths of bins. Figures in the same bin count as equal; then the next figure decides.
inline constexpr float kResolutionBin_A = 0.1F;
inline constexpr float kClashscoreBin = 0.2F;
/// Worse resolutions count as unknown.
inline constexpr float kWorstRankedResolution_A = 4.0F;

/// Return the number of the bin; none if the figure is unknown or counts as unknown. Figures are
/// multiplied by 1/width in single precision and halves are rounded to even, like macromol-census
/// with polars: 2.25 A is in bin 22, 2.35 A in bin 24.
std::optional<int> resolution_bin(const Quality& quality);
std::optional<int> clashscore_bin(const Quality& quality);

/// Whether structure a ranks before b. Computed models come after all others. Rules of
/// macromol-census, in this order: better resolution (in bins, worse than 4 A is unknown), lower
/// clashscore (in bins), more NMR restraints, lower R-free, higher Q-score, later deposition, later
/// PDB id. Before the deposition, a higher mean pLDDT. Unknown figures come last. The order is the
/// same as in sql/select_structures_by_rank.sql.
bool ranks_before(const Quality& a, const std::string& pdb_id_a, const Quality& b,
                  const std::string& pdb_id_b);

}  // namespace mmgym
