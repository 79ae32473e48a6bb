#pragma once

#include <optional>
#include <string>

namespace mmgym {

/// Figures by which structures are ranked, from the mmCIF file and from the wwPDB's validation
/// report. None where no file has them, or where a file has a number that cannot be.
struct Quality {
  std::string method;                          // _exptl.method; several are joined by ", "
  std::optional<std::string> deposition_date;  // YYYY-MM-DD
  std::optional<double> xtal_resolution_A;     // of diffraction data
  std::optional<double> em_resolution_A;       // of a reconstruction
  std::optional<double> r_work;
  std::optional<double> r_free;
  std::optional<double> clashscore;
  std::optional<int> nmr_restraints;  // distance restraints in all
  std::optional<double> q_score;

  /// The resolution to rank by: of diffraction data, else of a reconstruction.
  std::optional<double> resolution_A() const {
    return xtal_resolution_A ? xtal_resolution_A : em_resolution_A;
  }
  /// The better of the two, by which structures are kept out.
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

/// Reads the text of a validation report. Some reports do not name their entry; then it is what the
/// file's name says before "_validation". Throws StructureError where the text is no such report.
ValidationReport read_validation_report(const std::string& text, const std::string& file_name);

/// Adds the figures of a report; of two resolutions the better counts.
void add_report(const ValidationReport& report, Quality& quality);

}  // namespace mmgym
