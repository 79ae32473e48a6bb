#include <algorithm>

#include "catch.h"
#include "mmcif_text.h"
#include "structure/facts.h"
#include "structure/read_structure.h"
#include "structure/unsure_residues.h"

using mmgym::leave_out_unsure_residues;
using mmgym::read_facts;
using mmgym::read_structure;
using namespace mmgym::testing;

namespace {

const std::string kMetrics =
    "loop_\n_ma_qa_metric.id\n_ma_qa_metric.type\n1 pLDDT\n2 PAE\n3 'pLDDT all-atom'\n";

std::string local(const std::string& rows) {
  std::string text = "loop_\n";
  for (const char* name :
       {"label_asym_id", "label_seq_id", "metric_id", "metric_value", "model_id"})
    text += std::string("_ma_qa_metric_local.") + name + "\n";
  return text + rows;
}

/// Residues 1 and 2 of a polymer and a ligand, in models 1 and 2.
const std::vector<AtomRow> kAtoms = {{.seq = "1"},
                                     {.seq = "1"},
                                     {.seq = "2"},
                                     {.comp = "ATP", .subchain = "L", .seq = ".", .entity = "2"},
                                     {.model = "2", .seq = "1"},
                                     {.model = "2", .seq = "2"}};

std::vector<double> plddts(const std::string& text, const std::string& model = "") {
  std::vector<double> found;
  for (const auto& residue : read_structure(text, "x", model).residues)
    found.push_back(residue.plddt.value_or(-1));
  return found;
}

}  // namespace

TEST_CASE("pLDDTs are of the residue and the model, and of the first metric") {
  const std::string text = mmcif_text(
      kAtoms, kMetrics + local("A 1 3 99 1\nA 1 2 0.5 1\nA 1 3 90 2\nA 2 1 11 1\nA 2 3 40 1\n"
                               "L . 3 70.5 1\nA 2 3 101 2\n"));
  CHECK(plddts(text) == std::vector<double>{99, 40, 70.5});
  CHECK(plddts(text, "2") == std::vector<double>{90, -1});
  const auto facts = read_facts(text, "x");
  CHECK(facts.quality.is_computed);
  CHECK(*facts.models.at(0).mean_plddt == Approx((99 + 40 + 70.5) / 3));
  CHECK(facts.models.at(1).mean_plddt == 90);
}

TEST_CASE("Without pLDDTs of residues, B-factors are pLDDTs") {
  const std::string text = mmcif_text(kAtoms, kMetrics);
  CHECK(plddts(text) == std::vector<double>{20.5, 20.5, 20.5});  // of all atoms in the text
  CHECK(read_facts(text, "x").models.at(1).mean_plddt == 20.5);
  const std::string global =
      "#\n_ma_qa_metric_global.metric_id 1\n_ma_qa_metric_global.metric_value 88\n";
  CHECK(read_facts(text + global, "x").models.at(0).mean_plddt == 88);
}

TEST_CASE("A structure of an experiment has no pLDDT") {
  const std::string text = mmcif_text(
      kAtoms, "_exptl.method 'X-RAY DIFFRACTION'\n#\n" + kMetrics + local("A 1 1 99 1\n"));
  CHECK(plddts(text) == std::vector<double>{-1, -1, -1});
  CHECK_FALSE(read_facts(text, "x").quality.is_computed);
  CHECK_FALSE(read_facts(text, "x").models.at(0).mean_plddt);
}

TEST_CASE("Residues below the threshold lose their atoms and are counted") {
  auto structure =
      read_structure(mmcif_text(kAtoms, kMetrics + local("A 1 1 69.9 1\nA 2 1 70 1\n")), "x");
  leave_out_unsure_residues(structure, 70);
  CHECK(structure.unsure_residues == 1);
  REQUIRE(structure.atoms.size() == 2);  // the ligand has no pLDDT
  CHECK(structure.residues[structure.atoms[0].residue].seq_id == 2);
  CHECK(structure.residues[structure.atoms[1].residue].comp_id == "ATP");
}
