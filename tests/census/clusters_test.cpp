#include "census/clusters.h"

#include "catch.h"
#include "inputs/text_lines.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

TEST_CASE("Content and files join entities transitively, in any order") {
  Clusters clusters;
  clusters.add_entity("1abc_1");
  clusters.add_content("2abc_1", "protein MKV");
  clusters.add_content("3abc_1", "protein MKV");
  clusters.add_entity("4abc_1");
  CHECK(clusters.cluster_of("2abc_1") == clusters.cluster_of("3abc_1"));
  CHECK(clusters.cluster_of("1abc_1") != clusters.cluster_of("4abc_1"));
  clusters.join("3abc_1", "1abc_1");
  CHECK(clusters.cluster_of("2abc_1") == clusters.cluster_of("1abc_1"));
  CHECK(clusters.name_of(clusters.cluster_of("3abc_1")) == "1abc_1");
  CHECK(clusters.name_of(clusters.cluster_of("4abc_1")) == "4abc_1");
}

TEST_CASE("Cluster files of MMseqs2 and of RCSB are read") {
  const testing::TemporaryFolder folder;
  for (const char* content :
       {"1ABC_1\t1ABC_1\n1ABC_1\t2abc_2\r\n\n7\t3abc_1\n", "1ABC_1 2ABC_2\n3ABC_1\n",
        "# made by hand\n1abc_1  2abc_2\n3abc_1"}) {
    Clusters clusters;
    for (const char* entity : {"1abc_1", "2abc_2", "3abc_1"}) clusters.add_entity(entity);
    const auto groups = read_cluster_file(folder.write("clusters", content));
    const auto counts = join_groups(groups, clusters);
    CHECK(groups.size() == 2);
    CHECK(counts.entities == 3);
    CHECK(counts.unknown == 0);
    CHECK(clusters.cluster_of("1abc_1") == clusters.cluster_of("2abc_2"));
    CHECK(clusters.cluster_of("1abc_1") != clusters.cluster_of("3abc_1"));
  }
}

TEST_CASE("Unknown entities are counted, and join the clusters of known entities") {
  const testing::TemporaryFolder folder;
  Clusters clusters;
  clusters.add_entity("1abc_1");
  clusters.add_entity("2abc_1");
  const auto counts = join_groups(
      read_cluster_file(folder.write("a.txt", "1ABC_1 AF_AFP12345F1_1 9XYZ_1\n9XYZ_1 2ABC_1\n")),
      clusters);
  CHECK(counts.unknown == 3);
  CHECK(counts.unknown_examples.front() == "af_afp12345f1_1");
  CHECK(clusters.cluster_of("1abc_1") == clusters.cluster_of("2abc_1"));
}

TEST_CASE("The error of a malformed cluster file contains the line") {
  const testing::TemporaryFolder folder;
  for (const char* bad : {"1ABC_1\t2ABC_1\tmore", "1ABC_1\t", "1ABC", "_1", "1ABC_", "a\tb c_1"}) {
    CAPTURE(bad);
    const auto path = folder.write("clusters.tsv", "1abc_1 2abc_1\n\n" + std::string(bad) + "\n");
    CHECK_THROWS_WITH(read_cluster_file(path), contains("clusters.tsv, line 3: expected"));
  }
  CHECK_THROWS_WITH(read_cluster_file(folder.path() / "none"), contains("none: cannot"));
}

TEST_CASE("Lists contain one code or id per line, comments and blank lines") {
  const testing::TemporaryFolder folder;
  CHECK(read_residue_codes(folder.write("a", "# lipids\nolc\n\n  GOL \r\n")) ==
        std::vector<std::string>{"OLC", "GOL"});
  CHECK(read_residue_codes(folder.write("b", "")).empty());
  CHECK_THROWS_WITH(read_residue_codes(folder.write("c", "OLC\nGOL SO4\n")),
                    contains("c, line 2: expected one residue code") && contains("'GOL SO4'"));
  CHECK(read_pdb_ids(folder.write("d", "1ABC\n")) == std::vector<std::string>{"1abc"});
  CHECK_THROWS_WITH(read_pdb_ids(folder.write("e", "1ABC,2ABC\n")), contains("e, line 1"));
}
