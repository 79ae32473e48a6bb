#include <stdexcept>

#include "build/build_database.h"
#include "catch.h"
#include "data_sample.h"
#include "database/gym_reader.h"
#include "folder_content.h"
#include "inputs/input_files.h"
#include "inputs/read_file.h"
#include "tar_bytes.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

namespace {

std::string text_of(const std::string& entry) { return read_file(testing::data_sample(entry)); }

/// A build of 2XHE and 1CBS with a validation report and CATH labels, in a separate folder.
struct Build {
  Build() {
    std::filesystem::create_directories(in() / "reports");
    std::filesystem::create_directories(in() / "cath-classification-data");
    write("2xhe.cif", text_of("2xhe"));
    write("1cbs.cif", text_of("1cbs"));
    write_report("0.51");
    write("cath-classification-data/cath-domain-list.txt", "1cbsA00 2 40 128 20 1 1 1 1 1 9 1.8\n");
    write_boundaries("1cbsA00\t1-137\n");
    options.files = {in() / "2xhe.cif", in() / "1cbs.cif"};
    options.database = folder.path() / "gym.sqlite";
    options.census.validation = in() / "reports";
    options.cath = in();
    options.on_rejected = [this](const RejectedRow& row) { rejected.push_back(row); };
  }

  std::filesystem::path in() const { return folder.path() / "in"; }
  void write(const std::string& name, const std::string& content) const {
    folder.write("in/" + name, content);
  }
  /// The Q-score does not change the ranks here.
  void write_report(const std::string& q_score) const {
    write("reports/2xhe_validation.cif", "data_2XHE\n_pdbx_vrpt_summary_em.Q_score " + q_score +
                                             "\n_pdbx_vrpt_summary_geometry.clashscore 7.25\n");
  }
  void write_boundaries(const std::string& content) const {
    write("cath-classification-data/cath-domain-boundaries-seqreschopping.txt", content);
  }

  /// Stops when the first structure is written, as if killed.
  void interrupt() {
    BuildOptions interrupted = options;
    interrupted.on_settled = [](std::size_t) { throw std::runtime_error("interrupted"); };
    CHECK_THROWS_WITH(build_database(interrupted), "interrupted");
    REQUIRE(std::filesystem::exists(options.database.string() + ".partial"));
  }

  std::string database_id() const { return GymReader(options.database).metadata("database_id"); }

  testing::TemporaryFolder folder;
  BuildOptions options;
  std::vector<RejectedRow> rejected;
};

}  // namespace

TEST_CASE("A build continues with the same files, even at another path") {
  Build build;
  build.interrupt();
  const auto moved = build.folder.path() / "moved" / "further";
  std::filesystem::create_directories(moved.parent_path());
  std::filesystem::rename(build.in(), moved);
  build.options.files = {moved / "." / "2xhe.cif", moved / "1cbs.cif"};
  build.options.census.validation = moved / "reports";
  build.options.cath = moved;
  CHECK(build_database(build.options).zones == 38);

  Build uninterrupted;
  build_database(uninterrupted.options);
  CHECK(build.database_id() == uninterrupted.database_id());
}

TEST_CASE("A build does not continue if an input has changed by a digit") {
  Build build;
  build.interrupt();
  std::string complaint;
  SECTION("a structure") {
    std::string text = text_of("2xhe");
    const std::size_t digit = text.find_last_of('1');
    text[digit] = '2';
    build.write("2xhe.cif", text);
    complaint = "2xhe.cif, which has changed";
  }
  SECTION("a figure of its validation report that does not change ranks") {
    build.write_report("0.52");
    complaint = "2xhe.cif, whose validation report has changed";
  }
  SECTION("CATH") {
    build.write_boundaries("1cbsA00\t1-136\n");
    complaint = "cath_md5 is [";
  }
  CHECK_THROWS_WITH(build_database(build.options), contains(complaint));
  CHECK_THROWS_AS(build_database(build.options), DatabaseError);
}

TEST_CASE("The id of a database depends on the content of its inputs") {
  Build one;
  build_database(one.options);
  Build other;
  other.write_report("0.52");
  build_database(other.options);
  CHECK(one.database_id() != other.database_id());
}

TEST_CASE(
    "A file that changes during the build stops it, and the same call builds the new content") {
  Build build;
  build.options.on_facts_read = [&build](std::size_t done) {
    if (done == 2) build.write("1cbs.cif", text_of("1cbs") + "#\n");
  };
  CHECK_THROWS_WITH(build_database(build.options),
                    contains("gym.sqlite: not written: ") &&
                        contains("1cbs.cif: has changed since the build began; run the same"));
  CHECK_FALSE(std::filesystem::exists(build.options.database));
  CHECK_FALSE(std::filesystem::exists(build.options.database.string() + ".partial"));
  build.options.on_facts_read = [](std::size_t) {};
  CHECK(build_database(build.options).zones == 38);
  REQUIRE(build.rejected.size() == 1);
  CHECK(build.rejected[0].stage == "zones");
  Build clean;
  clean.write("1cbs.cif", text_of("1cbs") + "#\n");
  build_database(clean.options);
  CHECK(build.database_id() == clean.database_id());
}

TEST_CASE("A file that is removed during the build is rejected, and the rest is built") {
  Build build;
  build.options.on_facts_read = [&build](std::size_t done) {
    if (done == 2) std::filesystem::remove(build.in() / "1cbs.cif");
  };
  CHECK(build_database(build.options).zones == 38);
  REQUIRE(build.rejected.size() == 1);
  CHECK(build.rejected[0].pdb_id == "1cbs");
  CHECK(build.rejected[0].stage == "read");
  CHECK(build.rejected[0].reason == "cannot be opened: No such file or directory");
}

TEST_CASE(
    "An archive that is replaced or removed stops the build, which goes on with its members") {
  Build build;
  const std::string content = testing::tar_member("2xhe.cif", text_of("2xhe")) +
                              testing::tar_member("1cbs.cif", text_of("1cbs")) + testing::tar_end();
  const auto path = build.folder.write("in.tar", content);
  build.options.files = input_files({path.string()});
  const auto replace = [&build, &content, &path] {
    build.folder.write("new.tar", content);
    std::filesystem::rename(build.folder.path() / "new.tar", path);
  };
  std::size_t after = 0;
  SECTION("during the first reading") { after = 1; }
  SECTION("before the second reading") { after = 2; }
  build.options.on_facts_read = [&](std::size_t done) {
    if (done == after) replace();
  };
  CHECK_THROWS_WITH(
      build_database(build.options),
      path.string() + ": has changed since its members were listed; run the same command again");
  build.options.on_facts_read = [](std::size_t) {};
  build.options.files = input_files({path.string()});
  build.interrupt();
  std::filesystem::remove(path);
  CHECK_THROWS_AS(build_database(build.options), ArchiveChanged);
  replace();
  build.options.files = input_files({path.string()});
  CHECK(build_database(build.options).zones == 38);
  REQUIRE(build.rejected.size() == 1);
  CHECK(build.rejected[0].path == path.string() + "/1cbs.cif");
  CHECK(build.rejected[0].stage == "zones");
  Build of_files;
  build_database(of_files.options);
  CHECK(build.database_id() == of_files.database_id());
}

TEST_CASE("A bad path of the database fails before any input is read") {
  Build build;
  bool has_read = false;
  build.options.on_facts_read = [&has_read](std::size_t) { has_read = true; };
  SECTION("it is a folder") {
    std::filesystem::create_directory(build.options.database);
    CHECK_THROWS_WITH(build_database(build.options), contains("Is a directory"));
  }
  SECTION("its folder does not exist") {
    build.options.database = build.folder.path() / "none" / "gym.sqlite";
    CHECK_THROWS_AS(build_database(build.options), WriteError);
  }
  SECTION("a build with other parameters is in progress") {
    build.interrupt();
    has_read = false;
    build.options.parameters.zone_size_A = 12;
    CHECK_THROWS_WITH(build_database(build.options), contains("zone_size_A is 10.0 there, 12.0"));
  }
  SECTION("a build with other limits is in progress") {
    build.interrupt();
    has_read = false;
    build.options.census.limits.max_models = 7;
    CHECK_THROWS_WITH(build_database(build.options),
                      contains("input_limits is {") && contains("\"max_models\":7"));
  }
  CHECK_FALSE(has_read);
}
