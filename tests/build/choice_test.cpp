
#include "build/build_database.h"
#include "build/write_fasta.h"
#include "catch.h"
#include "data_sample.h"
#include "database/gym_reader.h"
#include "inputs/read_file.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;
using testing::data_sample;

namespace {

std::string one_text(const std::filesystem::path& database, const std::string& sql) {
  Connection connection(database, Connection::Mode::read_only);
  Statement rows(connection, "SELECT group_concat(x, ' ') FROM (" + sql + ")");
  rows.first_row();
  return std::string(rows.text(0));
}

/// A build of 2XHE, 7CFN and 1CBS, with reasons for rejection.
struct ThreeEntries {
  explicit ThreeEntries(const testing::TemporaryFolder& folder) {
    options.database = folder.path() / "gym.sqlite";
    options.files = {data_sample("2xhe"), data_sample("7cfn"), data_sample("1cbs")};
    options.on_remark = [this](const std::string& remark) { remarks += remark + "\n"; };
  }
  BuildResult run() {
    reasons.clear();
    options.on_rejected = [this](const RejectedRow& row) {
      reasons += row.pdb_id + " " + row.stage + ": " + row.reason + "\n";
    };
    return build_database(options);
  }
  BuildOptions options;
  std::string reasons;
  std::string remarks;
};

}  // namespace

TEST_CASE("Ranks and figures are stored, and the query sorts by rank") {
  const testing::TemporaryFolder folder;
  ThreeEntries build(folder);
  std::filesystem::create_directories(folder.path() / "validation");
  folder.write("validation/2xhe_validation.cif",
               "data_2XHE\n_pdbx_vrpt_summary_geometry.clashscore 7.25\n");
  folder.write("validation/9xyz_validation.cif",
               "data_9XYZ\n_pdbx_vrpt_summary_geometry.clashscore 1\n");
  build.options.census.validation = folder.path() / "validation";
  build.run();
  CHECK(one_text(build.options.database,
                 "SELECT printf('%s %d %s %s %g %d %g %d', pdb_id, rank, method, deposition_date, "
                 "resolution_A, resolution_bin, clashscore, clashscore_bin) AS x FROM structure "
                 "WHERE pdb_id = '2xhe'") == "2xhe 2 X-RAY DIFFRACTION 2010-06-14 2.8 28 7.25 36");
  std::ifstream query(std::filesystem::path(MMGYM_SOURCE_DIR) / "sql" /
                      "select_structures_by_rank.sql");
  const std::string sql{std::istreambuf_iterator<char>(query), {}};
  CHECK(one_text(build.options.database, "SELECT pdb_id || rank AS x FROM (" + sql + ")") ==
        "2xhe2 7cfn3");  // 1CBS was first
  CHECK_THAT(build.remarks, contains("1 of 2 validation reports"));
}

TEST_CASE("Zones with clusters of a better structure are skipped, unless all are kept") {
  const testing::TemporaryFolder folder;
  ThreeEntries build(folder);
  build.options.census.clusters = {
      folder.write("clusters.tsv", "a\t2XHE_1\na\t2XHE_2\na\t1CBS_1\na\t9XYZ_1\n")};
  const auto chosen = build.run();
  CHECK_THAT(build.remarks,
             contains("clusters.tsv: 1 of 4 entities are not in the inputs: 9xyz_1"));
  build.options.database = folder.path() / "all.sqlite";
  build.options.census.keep_all = true;
  const auto all = build.run();
  CHECK(all.zones == 38 + 47);
  CHECK(chosen.zones < all.zones);
  CHECK(chosen.zones > 47);
  CHECK(one_text(build.options.database,
                 "SELECT DISTINCT cluster AS x FROM entity JOIN structure "
                 "ON structure.id = struct_id WHERE structure.pdb_id = "
                 "'2xhe'") == "1cbs_1");
}

TEST_CASE("Structures of the blacklist are excluded, with all that share a cluster") {
  const testing::TemporaryFolder folder;
  ThreeEntries build(folder);
  build.options.census.blacklist = folder.write("blacklist", "# test set\n9xyz\n8XYZ\n");
  build.options.census.clusters = {folder.write("clusters.txt", "9XYZ_3 2XHE_2\n")};
  build.run();
  CHECK_THAT(build.reasons, contains("2xhe census: shares clusters with the blacklist"));
  CHECK_THAT(build.remarks, contains("blacklist: 1 of 2 structures are not in the inputs: 8xyz"));
  CHECK(one_text(build.options.database, "SELECT pdb_id AS x FROM structure") == "7cfn");
}

TEST_CASE("Structures are excluded unless their resolution is better than the limit") {
  const testing::TemporaryFolder folder;
  ThreeEntries build(folder);
  build.options.census.max_resolution_A = 2.8;
  build.run();
  CHECK_THAT(build.reasons, contains("2xhe census: resolution 2.8 A"));
}

TEST_CASE("A malformed list fails before the build begins") {
  const testing::TemporaryFolder folder;
  ThreeEntries build(folder);
  build.options.census.clusters = {folder.write("clusters.tsv", "a\t2XHE_1\na\t2XHE\n")};
  CHECK_THROWS_WITH(build.run(),
                    contains("clusters.tsv, line 2: expected a cluster and an entity"));
  build.options.census.clusters.clear();
  build.options.census.validation = folder.path() / "none";
  CHECK_THROWS_WITH(build.run(), contains("none: no such folder"));
  CHECK_FALSE(std::filesystem::exists(folder.path() / "gym.sqlite.partial"));
}

TEST_CASE("Residues of CATH domains have their architecture as label") {
  const testing::TemporaryFolder folder;
  std::filesystem::create_directories(folder.path() / "cath-classification-data");
  folder.write("cath-classification-data/cath-domain-list-v4_3_0.txt",
               "2xheA01 3 40 50 1820 1 1 1 1 1 100 2.8\n2xheB00 1 20 5 110 1 1 1 1 1 100 2.8\n");
  folder.write("cath-classification-data/cath-domain-boundaries-seqreschopping-v4_3_0.txt",
               "2xheA01 10-200,300-310\n2xheB00 1-250\n");
  ThreeEntries build(folder);
  build.options.cath = folder.path();
  build.run();
  GymReader reader(build.options.database);
  CHECK(reader.metadata("cath_labels") == R"(["1.20","3.40"])");
  Statement blobs(reader.connection(),
                  "SELECT annotation FROM atom_annotation JOIN assembly ON assembly.id = "
                  "assembly_id JOIN structure ON structure.id = struct_id WHERE structure.pdb_id = "
                  "'2xhe'");
  std::size_t labeled = 0;
  for (bool row = blobs.first_row(); row; row = blobs.next_row()) {
    AtomAnnotations atoms;
    decode_annotation(blobs.blob(0), atoms);
    for (const auto& residue : atoms.residues) {
      const int seq = residue.seq_id.value_or(0);
      std::optional<int> expected;
      if (residue.chain_id == "A" && ((10 <= seq && seq <= 200) || (300 <= seq && seq <= 310)))
        expected = 1;
      if (residue.chain_id == "B" && 1 <= seq && seq <= 250) expected = 0;
      CHECK(residue.cath_label == expected);
      CHECK(residue.polymer_label == 0);
      labeled += expected.has_value() ? 1 : 0;
    }
  }
  CHECK(labeled > 300);
}

TEST_CASE("Files with the same made-up id are all used, under the names of their files") {
  const testing::TemporaryFolder folder;
  const auto renamed = [&folder](const std::string& name, const std::string& entry,
                                 const std::string& id) {
    std::string text = read_file(data_sample(entry));
    const std::string old = "_entry.id";
    if (const std::size_t line = text.find(old); line != std::string::npos)
      text.replace(line, text.find('\n', line) - line, old + " " + id);
    text.replace(0, text.find('\n'), "data_" + id);
    return folder.write(name, text);
  };
  std::filesystem::create_directories(folder.path() / "b");
  BuildOptions options;
  options.database = folder.path() / "gym.sqlite";
  options.files = {renamed("model_1.cif", "2xhe", "model"), renamed("other.cif", "7cfn", "XYZ"),
                   renamed("third.cif", "6wqa", "XYZ"), renamed("b/other.cif", "2xhe", "XYZ")};
  std::string remarks;
  std::string reasons;
  options.on_remark = [&](const std::string& remark) { remarks += remark + "\n"; };
  options.on_rejected = [&](const RejectedRow& row) { reasons += row.path + row.reason + "\n"; };
  CHECK(build_database(options).structures == 3);
  CHECK(one_text(options.database, "SELECT pdb_id AS x FROM structure ORDER BY 1") ==
        "model_1 third xyz");
  CHECK_THAT(remarks, contains("2 files have no id"));
  CHECK_THAT(reasons, contains("b/other.cif") &&
                          contains("the same entry, xyz, was already read") &&
                          contains((folder.path() / "other.cif").string()));

  FastaOptions fasta;
  fasta.files = options.files;
  MemorySink sequences;
  write_fasta(fasta, sequences);
  // Only 2XHE has sequences here. Its copy in b/ counts as other.cif again.
  CHECK_THAT(sequences.bytes(), contains(">model_1_1\n"));
  CHECK(sequences.bytes().find(">xyz") == std::string::npos);
}

TEST_CASE("The zones that an element costs are counted") {
  const testing::TemporaryFolder folder;
  BuildOptions options;
  options.database = folder.path() / "gym.sqlite";
  options.files = {data_sample("2xhe")};
  options.parameters.allowed_elements = {"C"};
  build_database(options);
  CHECK(one_text(options.database, "SELECT zones AS x FROM rejected") == "38");
}

TEST_CASE("An assembly that cannot be built has a row, and the others are used") {
  const testing::TemporaryFolder folder;
  std::string text = read_file(data_sample("2xhe"));
  // A second assembly with an operator that the file does not define.
  const std::string category = "_pdbx_struct_assembly_gen.";
  const std::size_t at = text.find(category);
  REQUIRE(at != std::string::npos);
  const std::size_t end = text.find("\n\n", at) + 1;
  text.replace(at, end - at,
               "loop_\n_pdbx_struct_assembly_gen.assembly_id\n"
               "_pdbx_struct_assembly_gen.oper_expression\n"
               "_pdbx_struct_assembly_gen.asym_id_list\n1 1 A,B,C,D\n2 9 A\n");
  BuildOptions options;
  options.database = folder.path() / "gym.sqlite";
  options.files = {folder.write("2xhe.cif", text)};
  CHECK(build_database(options).zones == 38);
  CHECK(one_text(options.database,
                 "SELECT assembly_pdb_id || ' ' || stage || ' ' || reason AS x FROM rejected") ==
        "2 parse assembly 2 uses operator '9', which _pdbx_struct_oper_list does not define");
}

TEST_CASE("Sequences are written with the names of cluster files") {
  FastaOptions options;
  options.files = {data_sample("1lcd"), data_sample("2xhe"), data_sample("6wqa"),
                   std::filesystem::path("none.cif")};
  std::string failures;
  options.on_unreadable = [&failures](const std::string& failure) { failures += failure; };
  MemorySink proteins;
  const auto counts = write_fasta(options, proteins);
  CHECK(counts.sequences == 3);
  CHECK_THAT(proteins.bytes(), contains(">2xhe_1\n") && contains(">2xhe_2\n"));
  CHECK_THAT(failures, contains("none.cif: cannot be opened"));
  options.type = "dna";
  MemorySink dna;
  write_fasta(options, dna);
  CHECK_THAT(dna.bytes(), contains(">1lcd_1\nAATTGTGAGCG\n>1lcd_2\nCGCTCACAATT\n"));
  CHECK(dna.bytes().find("2xhe") == std::string::npos);
  options.type = "protein";
  options.min_length = 100;
  MemorySink long_ones;
  CHECK(write_fasta(options, long_ones).sequences == 2);
  options.type = "sugar";
  CHECK_THROWS_WITH(write_fasta(options, dna), contains("'sugar'"));
}
