#include "structure/quality.h"

#include <algorithm>

#include "base/text.h"
#include "structure/cif_block.h"
#include "structure/structure.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

std::optional<double> least(const std::optional<double>& a, const std::optional<double>& b) {
  return a && b ? std::min(*a, *b) : a ? a : b;
}

std::optional<double> single_number(cif::Block& block, const std::string& item) {
  for (const auto& value : block.find_values(item))
    if (const auto number = number_of(value)) return number;
  return std::nullopt;
}

}  // namespace

std::optional<double> Quality::best_resolution_A() const {
  return least(xtal_resolution_A, em_resolution_A);
}

ValidationReport read_validation_report(const std::string& text, const std::string& file_name) {
  cif::Document document = parse_cif(text, file_name);
  if (document.blocks.empty()) throw StructureError("not a validation report: it is empty");
  cif::Block& block = document.blocks.front();
  bool is_report = false;
  for (const auto& category : block.get_mmcif_category_names())
    is_report = is_report || category.rfind("_pdbx_vrpt_", 0) == 0;
  if (!is_report) throw StructureError("not a validation report: there are no _pdbx_vrpt_ items");

  ValidationReport report;
  // In the reports of 2WLS and a few other entries, the block is named "BlockName".
  report.pdb_id = lower_case(block.name);
  if (report.pdb_id == "blockname")
    report.pdb_id = lower_case(file_name.substr(0, file_name.find("_validation")));

  // -1 means that the clashscore could not be computed.
  if (const auto clashscore = single_number(block, "_pdbx_vrpt_summary_geometry.clashscore");
      clashscore && *clashscore >= 0)
    report.clashscore = clashscore;
  report.em_resolution_A = least_positive(block, "_pdbx_vrpt_summary_em.EMDB_resolution");
  if (const auto q_score = single_number(block, "_pdbx_vrpt_summary_em.Q_score");
      q_score && *q_score >= -1 && *q_score <= 1)
    report.q_score = q_score;
  for (const auto row : block.find("_pdbx_vrpt_restraint_summary.", {"description", "value"}))
    if (row.str(0) == "Total distance restraints")
      if (const auto number = number_of(row[1]); number && *number > 0)
        report.nmr_restraints = static_cast<int>(*number);
  return report;
}

void add_report(const ValidationReport& report, Quality& quality) {
  quality.em_resolution_A = least(quality.em_resolution_A, report.em_resolution_A);
  if (report.clashscore) quality.clashscore = report.clashscore;
  if (report.q_score) quality.q_score = report.q_score;
  if (report.nmr_restraints) quality.nmr_restraints = report.nmr_restraints;
}

}  // namespace mmgym
