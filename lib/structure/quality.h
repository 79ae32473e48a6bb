#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "inputs/input_limits.h"

namespace mmgym {

/// Plausible figures. Others are errors in the file and count as unknown, so that they do not rank
/// a structure above all others.
struct FigureRange {
  double least;
  double most;
  bool contains(double figure) const { return figure >= least && figure <= most; }
};
inline constexpr FigureRange kResolutions_A = {0.1, 1000};
inline constexpr FigureRange kRFactors = {0.001, 1};
inline constexpr FigureRange kClashscores = {0, 10000};
inline constexpr FigureRange kQScores = {-1, 1};
inline constexpr FigureRange kRestraintCounts = {1, 1e6};

/// Whether a text is a date like 2001-12-31.
bool is_date(std::string_view text);

/// Figures for ranking structures, from the mmCIF file and from the wwPDB validation report. A
/// figure is none if it is missing or out of range.
struct Quality {
  /// A computed model, such as AlphaFold's (model_confidence.h), which has none of the figures of
  /// experiments.
  bool is_computed = false;
  std::optional<double> mean_plddt;            // of the chosen model, 0-100
  std::string method;                          // _exptl.method; several are joined by ", "
  std::optional<std::string> deposition_date;  // YYYY-MM-DD
  std::optional<double> xtal_resolution_A;     // of diffraction data
  std::optional<double> em_resolution_A;       // of a reconstruction
  std::optional<double> r_work;
  std::optional<double> r_free;
  std::optional<double> clashscore;
  std::optional<int> nmr_restraints;  // total distance restraints
  std::optional<double> q_score;

  /// The resolution for ranking: of diffraction data, else of a reconstruction.
  std::optional<double> resolution_A() const {
    return xtal_resolution_A ? xtal_resolution_A : em_resolution_A;
  }
  /// The better of both resolutions, for excluding structures.
  std::optional<double> best_resolution_A() const;
};

/// The figures of a validation report (a file *_validation.cif.gz).
struct ValidationReport {
  std::string pdb_id;  // lower case
  std::optional<double> clashscore;
  std::optional<double> em_resolution_A;
  std::optional<double> q_score;
  std::optional<int> nmr_restraints;
};

/// Reads the text of a validation report. If the report does not name its entry, the PDB id is the
/// file name up to "_validation". Throws StructureError if the text is not a validation report, and
/// InputError if it exceeds a limit.
ValidationReport read_validation_report(const std::string& text, const std::string& file_name,
                                        const InputLimits& limits = {});

/// Adds the figures of a report. Keeps the better of two resolutions.
void add_report(const ValidationReport& report, Quality& quality);

}  // namespace mmgym
