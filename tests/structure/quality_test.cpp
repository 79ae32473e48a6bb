#include "structure/quality.h"

#include "catch.h"
#include "structure/structure.h"

using namespace mmgym;
using testing::contains;

namespace {

/// Returns a report in the format of 8DZR and 6DZE.
std::string report(const std::string& name, const std::string& items) {
  return "data_" + name + "\n#\n_pdbx_vrpt_exptl.ordinal  1\n#\n" + items;
}

}  // namespace

TEST_CASE("A validation report contains clashscore, Q-score, resolution and restraints") {
  const auto figures = read_validation_report(
      report("8DZR",
             "_pdbx_vrpt_summary_geometry.clashscore  4.59\n_pdbx_vrpt_summary_em.Q_score  0.485\n"
             "_pdbx_vrpt_summary_em.EMDB_resolution  2.61\nloop_\n"
             "_pdbx_vrpt_restraint_summary.ordinal\n_pdbx_vrpt_restraint_summary.description\n"
             "_pdbx_vrpt_restraint_summary.value\n1 \"Total distance restraints\" 162\n"
             "2 \"Intra-residue (|i-j|=0)\" 70\n"),
      "8dzr_validation.cif.gz");
  CHECK(figures.pdb_id == "8dzr");
  CHECK(figures.clashscore == 4.59);
  CHECK(figures.q_score == 0.485);
  CHECK(figures.em_resolution_A == 2.61);
  CHECK(figures.nmr_restraints == 162);

  Quality quality;
  quality.em_resolution_A = 2.5;
  add_report(figures, quality);
  CHECK(quality.em_resolution_A == 2.5);
  CHECK(quality.q_score == 0.485);
}

TEST_CASE("The PDB id of a report without an entry name comes from the file name") {
  CHECK(read_validation_report(report("BlockName", "_pdbx_vrpt_summary_geometry.clashscore 0\n"),
                               "2WLS_validation.cif.gz")
            .pdb_id == "2wls");
}

TEST_CASE("Figures that were not computed are unknown, and a clashscore of 0 is known") {
  const auto clashscore = [](const std::string& value) {
    return read_validation_report(
               report("1ABC", "_pdbx_vrpt_summary_geometry.clashscore " + value + "\n"), "x")
        .clashscore;
  };
  CHECK_FALSE(clashscore("-1.00"));
  CHECK_FALSE(clashscore("?"));
  CHECK_FALSE(clashscore("none"));
  CHECK_FALSE(clashscore("1e12"));
  CHECK_FALSE(clashscore("20000"));
  CHECK_FALSE(clashscore("nan"));
  CHECK_FALSE(clashscore(std::string(400, '9')));
  CHECK(clashscore("412.5") == 412.5);
  CHECK(clashscore("0.00") == 0);
}

TEST_CASE("A text that is not a validation report is refused") {
  CHECK_THROWS_WITH(read_validation_report("data_1ABC\n_entry.id 1ABC\n", "x"),
                    contains("not a validation report"));
  CHECK_THROWS_WITH(read_validation_report("Dear editor,", "x"), contains("not CIF"));
}
