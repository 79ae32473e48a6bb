#include "census/cath.h"

#include "catch.h"
#include "inputs/text_lines.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

namespace {

void write_cath(const testing::TemporaryFolder& folder, const std::string& domains,
                const std::string& boundaries, const std::string& version = "-v4_3_0") {
  std::filesystem::create_directories(folder.path() / "cath-classification-data");
  folder.write("cath-classification-data/cath-domain-list" + version + ".txt", domains);
  folder.write("cath-classification-data/cath-domain-boundaries-seqreschopping" + version + ".txt",
               boundaries);
}

const std::string kDomains =
    "# CATH List File\n"
    "1abcA01     3    40    50   1820     2     1     1     1     1   200 1.900\n"
    "1abcA02     1    10     8     10     1     1     1     1     1    59 1.000\n"
    "1ABCB01    10    10     8     10     1     1     1     1     1    59 1.000\n"
    "2abcA00     3    40    50   1820     2     1     1     1     2   200 1.900\n"
    "3abcA00     3    40    50   1820     2     1     1     1     2   200 1.900\n";
const std::string kBoundaries =
    "1abcA01\t2-78,90-95\n1abcA02\t70-89\n1ABCB01\t-3-5\n2abcA00\t1-10\n9xyzA00\t1-3\n";

}  // namespace

TEST_CASE("Labels are architectures with enough domains, in numeric order") {
  const testing::TemporaryFolder folder;
  write_cath(folder, kDomains, kBoundaries);
  CHECK(CathDomains(folder.path(), 1).labels() ==
        std::vector<std::string>{"1.10", "3.40", "10.10"});
  const CathDomains frequent(folder.path(), 2);
  CHECK(frequent.labels() == std::vector<std::string>{"3.40"});
  CHECK(frequent.domains_of("1abc").size() == 1);
}

TEST_CASE("A residue has the label of the first domain that contains it") {
  const testing::TemporaryFolder folder;
  write_cath(folder, kDomains, kBoundaries, "");
  const CathDomains cath(folder.path(), 1);
  const auto& domains = cath.domains_of("1abc");
  CHECK(cath_label(domains, "A", 2) == 1);
  CHECK(cath_label(domains, "A", 78) == 1);  // in both
  CHECK(cath_label(domains, "A", 79) == 0);
  CHECK(cath_label(domains, "A", 95) == 1);
  CHECK_FALSE(cath_label(domains, "A", 96));
  CHECK(cath_label(domains, "B", -3) == 2);
  CHECK_FALSE(cath_label(domains, "C", 2));
  CHECK(cath.domains_of("3abc").empty());  // no boundaries
  CHECK(cath.domains_of("none").empty());
}

TEST_CASE("A folder without CATH files or with a malformed line is refused") {
  const testing::TemporaryFolder folder;
  CHECK_THROWS_WITH(CathDomains(folder.path(), 1),
                    contains("cath-domain-list") && contains("none"));
  write_cath(folder, kDomains + "1abcA 1 2 3 4\n", kBoundaries);
  CHECK_THROWS_WITH(CathDomains(folder.path(), 1), contains("v4_3_0.txt, line 7: expected"));
  write_cath(folder, kDomains, "1abcA01 5-2\n");
  CHECK_THROWS_WITH(CathDomains(folder.path(), 1), contains("line 1: expected a domain"));
  write_cath(folder, kDomains, kBoundaries, "-v4_4_0");
  CHECK_THROWS_WITH(CathDomains(folder.path(), 1), contains("several"));
}

TEST_CASE("The MD5 sums of CATH files depend only on their content") {
  const testing::TemporaryFolder folder;
  CHECK(CathDomains().md5().empty());
  write_cath(folder, kDomains, kBoundaries);
  const auto md5 = CathDomains(folder.path(), 1).md5();
  CHECK(md5.size() == 2);
  const testing::TemporaryFolder moved;
  write_cath(moved, kDomains, kBoundaries, "");
  CHECK(CathDomains(moved.path(), 2).md5() == md5);
  write_cath(moved, kDomains, kBoundaries + "3abcA00\t1-3\n", "");
  const auto other = CathDomains(moved.path(), 1).md5();
  CHECK(other[0] == md5[0]);
  CHECK(other[1] != md5[1]);
}
