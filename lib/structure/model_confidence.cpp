#include "structure/model_confidence.h"

#include <vector>

#include "base/text.h"
#include "structure/cif_block.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

constexpr FigureRange kPlddts = {0, 100};

bool is_theoretical(cif::Block& block) {
  bool has_method = false;
  for (const auto& value : block.find_values("_exptl.method")) {
    if (cif::is_null(value)) continue;
    if (lower_case(cif::as_string(value)) == "theoretical model") return true;
    has_method = true;
  }
  return !has_method && (block.find_mmcif_category("_ma_model_list.").ok() ||
                         block.find_mmcif_category("_ma_qa_metric.").ok());
}

/// What to multiply the values of a metric by, for each id of a pLDDT.
std::map<std::string, double> scales_of_plddts(cif::Block& block) {
  std::map<std::string, double> scales;
  for (const auto row : block.find("_ma_qa_metric.", {"id", "?type", "?name"})) {
    std::string type = row.has2(1) ? lower_case(row.str(1)) : "";
    if (type.empty() && row.has2(2)) type = lower_case(row.str(2));
    if (type.rfind("plddt", 0) == 0)
      scales[row.str(0)] = type.find("[0,1]") == std::string::npos ? 1 : 100;
  }
  return scales;
}

/// Returns nothing if the value cannot be a pLDDT.
std::optional<double> plddt_of(const std::string& value, double scale) {
  const auto number = number_of(value);
  return number && kPlddts.contains(*number * scale) ? std::optional(*number * scale)
                                                     : std::nullopt;
}

std::optional<int> seq_id_of(const std::string& value) {
  int seq_id = 0;
  return parse_number(value, seq_id) ? std::optional(seq_id) : std::nullopt;
}

}  // namespace

void MeanPlddt::add(double plddt) {
  if (!(plddt > 0) || !kPlddts.contains(plddt)) return;
  sum_ += plddt;
  ++count_;
}

std::optional<double> MeanPlddt::value() const {
  return count_ > 0 ? std::optional(sum_ / static_cast<double>(count_)) : std::nullopt;
}

ModelConfidence::ModelConfidence(cif::Block& block) : is_computed_(is_theoretical(block)) {
  if (!is_computed_) return;
  const auto scales = scales_of_plddts(block);
  for (const auto row :
       block.find("_ma_qa_metric_global.", {"metric_id", "metric_value", "?model_id"}))
    if (const auto scale = scales.find(row.str(0)); scale != scales.end())
      if (const auto plddt = plddt_of(row[1], scale->second))
        global_.try_emplace(std::string(model_of(row.has2(2) ? row.str(2) : "")), *plddt);
  std::string metric;  // that is used
  for (const auto row :
       block.find("_ma_qa_metric_local.",
                  {"metric_id", "metric_value", "label_asym_id", "?label_seq_id", "?model_id"})) {
    const std::string id = row.str(0);
    const auto scale = scales.find(id);
    if (scale == scales.end() || (!metric.empty() && id != metric)) continue;
    metric = id;
    if (const auto plddt = plddt_of(row[1], scale->second))
      local_[std::string(model_of(row.has2(4) ? row.str(4) : ""))].try_emplace(
          {row.str(2), row.has2(3) ? seq_id_of(row.str(3)) : std::nullopt}, *plddt);
  }
  is_in_b_factors_ =
      local_.empty() && (!scales.empty() || !block.find_mmcif_category("_ma_qa_metric.").ok());
}

std::optional<double> ModelConfidence::mean(const std::string& model_id) const {
  if (const auto global = global_.find(model_id); global != global_.end()) return global->second;
  const auto local = local_.find(model_id);
  if (local == local_.end()) return std::nullopt;
  MeanPlddt mean;
  for (const auto& [residue, plddt] : local->second) mean.add(plddt);
  return mean.value();
}

void ModelConfidence::set_residues(Structure& structure) const {
  if (is_in_b_factors_) {
    std::vector<MeanPlddt> means(structure.residues.size());
    for (const Atom& atom : structure.atoms) means[atom.residue].add(double{atom.b_factor});
    for (std::size_t i = 0; i < means.size(); ++i) structure.residues[i].plddt = means[i].value();
  } else if (const auto local = local_.find(structure.model_id); local != local_.end()) {
    for (Residue& residue : structure.residues) {
      const auto plddt =
          local->second.find({structure.subchains[residue.subchain].id, residue.seq_id});
      if (plddt != local->second.end()) residue.plddt = plddt->second;
    }
  }
}

}  // namespace mmgym
