#include "census/structure_rank.h"

#include <cmath>

#include "catch.h"

using namespace mmgym;

namespace {

Quality resolved(double resolution_A) {
  Quality quality;
  quality.xtal_resolution_A = resolution_A;
  return quality;
}

bool before(const Quality& a, const Quality& b) {
  return ranks_before(a, "1abc", b, "1abc") && !ranks_before(b, "1abc", a, "1abc");
}

}  // namespace

TEST_CASE("Figures are binned in single precision, halves to the even bin, like the reference") {
  const double resolutions_A[] = {1.85, 1.95, 2.05, 2.15, 2.25, 2.35, 0.1, 0.3, 0.5, 3.95, 4.0};
  const int bins[] = {18, 20, 20, 22, 22, 24, 1, 3, 5, 40, 40};
  for (std::size_t i = 0; i < std::size(bins); ++i) {
    CAPTURE(resolutions_A[i]);
    CHECK(resolution_bin(resolved(resolutions_A[i])) == bins[i]);
  }
  CHECK_FALSE(resolution_bin(resolved(4.05)));
  CHECK_FALSE(resolution_bin({}));
  Quality quality;
  quality.clashscore = 1.85;
  CHECK(clashscore_bin(quality) == 9);
}

TEST_CASE("Structures are ranked by figures in order, unknown figures last") {
  Quality a = resolved(1.92);
  Quality b = resolved(1.88);
  CHECK(before(resolved(1.5), resolved(1.6)));
  CHECK(before(resolved(3.9), resolved(4.5)));
  CHECK_FALSE(ranks_before(resolved(4.5), "1abc", resolved(6), "1abc"));
  a.clashscore = 3;
  CHECK(before(a, b));
  b.clashscore = 0;
  CHECK(before(b, a));
  b.clashscore = 3.01;
  a.nmr_restraints = 10;
  b.nmr_restraints = 11;
  CHECK(before(b, a));
  a.nmr_restraints = 11;
  a.r_free = 0.2;
  b.r_free = 0.21;
  CHECK(before(a, b));
  b.r_free = 0.2;
  a.q_score = 0.5;
  b.q_score = 0.6;
  CHECK(before(b, a));
  a.q_score = 0.6;
  a.mean_plddt = 80;
  b.mean_plddt = 80.5;
  CHECK(before(b, a));
  a.mean_plddt = 80.5;
  a.deposition_date = "2001-12-31";
  b.deposition_date = "2002-01-01";
  CHECK(before(b, a));
  a.deposition_date = b.deposition_date;
  CHECK(ranks_before(a, "2xyz", b, "1abc"));
  CHECK_FALSE(ranks_before(b, "1abc", a, "2xyz"));
  CHECK_FALSE(ranks_before(a, "1abc", a, "1abc"));
}

TEST_CASE("Computed models come after all structures of experiments") {
  Quality model = resolved(0.5);
  model.is_computed = true;
  model.mean_plddt = 99;
  CHECK(before({}, model));
  Quality other = model;
  other.mean_plddt.reset();
  CHECK(before(model, other));
}

TEST_CASE("An impossible figure counts as unknown, never as the best") {
  Quality known;
  known.clashscore = 500;
  Quality impossible;
  for (const double clashscore : {1e12, 1e300, -1e12, -1.0, std::nan(""), HUGE_VAL}) {
    impossible.clashscore = clashscore;
    CAPTURE(clashscore);
    CHECK_FALSE(clashscore_bin(impossible));
    CHECK(before(known, impossible));
  }
  CHECK_FALSE(resolution_bin(resolved(std::nan(""))));
  CHECK_FALSE(resolution_bin(resolved(-1e300)));
  Quality low;
  low.r_free = -1e300;
  Quality usual;
  usual.r_free = 0.2;
  CHECK(before(usual, low));
}

TEST_CASE("The resolution of a reconstruction counts if there is no diffraction data") {
  Quality both = resolved(3.0);
  both.em_resolution_A = 2.0;
  CHECK(*both.resolution_A() == 3.0);
  CHECK(*both.best_resolution_A() == 2.0);
  Quality em;
  em.em_resolution_A = 2.0;
  CHECK(before(em, both));
  CHECK_FALSE(Quality().best_resolution_A());
}
