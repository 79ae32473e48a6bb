#pragma once

#include <cstddef>
#include <gemmi/cif.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "structure/structure.h"

// For the readers in this folder only: it uses gemmi's types.

namespace mmgym {

/// The mean of pLDDTs. Figures that cannot be a pLDDT do not count, nor does 0, which programs
/// write where they have none.
class MeanPlddt {
 public:
  void add(double plddt);
  /// Nothing if no figure counts.
  std::optional<double> value() const;

 private:
  double sum_ = 0;
  std::size_t count_ = 0;
};

/// Whether an entry is a computed model, and its pLDDTs: how sure the program is of each residue,
/// from 0 to 100.
///
/// An entry is a computed model if its _exptl.method is THEORETICAL MODEL, or if it has no method
/// and has the category _ma_model_list or _ma_qa_metric of ModelCIF (AlphaFold DB, ModelArchive).
///
/// The pLDDT of a residue is in _ma_qa_metric_local, with the first metric of type pLDDT; values of
/// types "in [0,1]" are multiplied by 100. If there is no such metric, and if _ma_qa_metric is
/// missing or has a global pLDDT, it is the mean of the B-factors of its atoms.
class ModelConfidence {
 public:
  explicit ModelConfidence(gemmi::cif::Block& block);

  bool is_computed() const { return is_computed_; }
  /// Whether the B-factors are pLDDTs.
  bool is_in_b_factors() const { return is_in_b_factors_; }

  /// The mean pLDDT of a model: of _ma_qa_metric_global, else of _ma_qa_metric_local. Nothing if
  /// the file has neither.
  std::optional<double> mean(const std::string& model_id) const;

  /// Sets the pLDDT of every residue for which it is known.
  void set_residues(Structure& structure) const;

 private:
  using ResidueKey = std::pair<std::string, std::optional<int>>;  // label_asym_id, label_seq_id

  bool is_computed_ = false;
  bool is_in_b_factors_ = false;
  std::map<std::string, double> global_;                       // by model
  std::map<std::string, std::map<ResidueKey, double>> local_;  // by model
};

}  // namespace mmgym
