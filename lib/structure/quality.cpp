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

/// Returns the first number in an item if it is in the range.
std::optional<double> single_number(cif::Block& block, const std::string& item,
                                    const FigureRange& range) {
  for (const auto& value : block.find_values(item))
    if (const auto number = number_of(value))
      return range.contains(*number) ? number : std::nullopt;
  return std::nullopt;
}

}  // namespace

bool is_date(std::string_view text) {
  constexpr std::string_view kForm = "dddd-dd-dd";
  if (text.size() != kForm.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (kForm[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != kForm[i]) return false;
  return true;
}

std::optional<double> Quality::best_resolution_A() const {
  return least(xtal_resolution_A, em_resolution_A);
}

ValidationReport read_validation_report(const std::string& text, const std::string& file_name,
                                        const InputLimits& limits) {
  cif::Document document = parse_cif(text, file_name, limits);
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
  report.clashscore = single_number(block, "_pdbx_vrpt_summary_geometry.clashscore", kClashscores);
  report.em_resolution_A = least_in(block, "_pdbx_vrpt_summary_em.EMDB_resolution", kResolutions_A);
  report.q_score = single_number(block, "_pdbx_vrpt_summary_em.Q_score", kQScores);
  for (const auto row : block.find("_pdbx_vrpt_restraint_summary.", {"description", "value"}))
    if (row.str(0) == "Total distance restraints")
      if (const auto number = number_of(row[1]); number && kRestraintCounts.contains(*number))
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
