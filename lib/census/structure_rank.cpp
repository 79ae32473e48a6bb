#include "census/structure_rank.h"

#include <cmath>
#include <limits>

namespace mmgym {
namespace {

/// Returns nothing for a figure that is not a number, negative or huge.
std::optional<int> bin(double value, float width) {
  constexpr float kMostBins = 1e9F;  // fits an int
  const float number = std::nearbyint(static_cast<float>(value) * (1.0F / width));
  return number >= 0 && number <= kMostBins ? std::optional(static_cast<int>(number))
                                            : std::nullopt;
}

/// Returns less than 0 if a comes first, greater than 0 if b comes first. Missing values come last.
template <typename T>
int compare(const std::optional<T>& a, const std::optional<T>& b, bool highest_first) {
  if (!a || !b) return static_cast<int>(b.has_value()) - static_cast<int>(a.has_value());
  if (*a == *b) return 0;
  return (*a < *b) != highest_first ? -1 : 1;
}

/// Rounds to single precision, as macromol-census does.
std::optional<float> single(const std::optional<double>& value) {
  constexpr double kMost = std::numeric_limits<float>::max();
  return value && std::abs(*value) <= kMost ? std::optional(static_cast<float>(*value))
                                            : std::nullopt;
}

}  // namespace

std::optional<int> resolution_bin(const Quality& quality) {
  const auto resolution_A = single(quality.resolution_A());
  if (!resolution_A || *resolution_A > kWorstRankedResolution_A) return std::nullopt;
  return bin(*resolution_A, kResolutionBin_A);
}

std::optional<int> clashscore_bin(const Quality& quality) {
  const auto clashscore = single(quality.clashscore);
  return clashscore ? bin(*clashscore, kClashscoreBin) : std::nullopt;
}

bool ranks_before(const Quality& a, const std::string& pdb_id_a, const Quality& b,
                  const std::string& pdb_id_b) {
  if (a.is_computed != b.is_computed) return b.is_computed;
  if (const int c = compare(resolution_bin(a), resolution_bin(b), false)) return c < 0;
  if (const int c = compare(clashscore_bin(a), clashscore_bin(b), false)) return c < 0;
  if (const int c = compare(a.nmr_restraints, b.nmr_restraints, true)) return c < 0;
  if (const int c = compare(single(a.r_free), single(b.r_free), false)) return c < 0;
  if (const int c = compare(single(a.q_score), single(b.q_score), true)) return c < 0;
  if (const int c = compare(single(a.mean_plddt), single(b.mean_plddt), true)) return c < 0;
  if (const int c = compare(a.deposition_date, b.deposition_date, true)) return c < 0;
  return pdb_id_a > pdb_id_b;
}

}  // namespace mmgym
