#include <stdexcept>

#include "build/build_database.h"
#include "catch.h"
#include "data_sample.h"
#include "database/gym_reader.h"
#include "inputs/read_file.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::data_sample;

namespace {

/// 2XHE under another PDB id, which ranks before it.
std::string copy_of_2xhe() {
  std::string text = read_file(data_sample("2xhe"));
  for (auto at = text.find("2XHE"); at != std::string::npos; at = text.find("2XHE"))
    text.replace(at, 4, "9XHE");
  return text;
}

/// Builds one more input, as if killed afterwards.
void build_one_more(BuildOptions options) {
  options.on_settled = [](std::size_t) { throw std::runtime_error("interrupted"); };
  CHECK_THROWS_WITH(build_database(options), "interrupted");
}

std::string tiles_of_2xhe(const std::filesystem::path& database) {
  GymReader reader(database);
  Statement rows(
      reader.connection(),
      "SELECT group_concat(quote(drawing)) FROM atom_tile JOIN assembly ON assembly.id = "
      "assembly_id JOIN structure ON structure.id = struct_id WHERE structure.pdb_id = "
      "'2xhe'");
  REQUIRE(rows.first_row());
  return std::string(rows.text(0));
}

}  // namespace

TEST_CASE("An entry that SQLite refuses is rejected, and others keep what it has in common") {
  const testing::TemporaryFolder folder;
  BuildOptions options;
  options.files = {data_sample("1cbs"), data_sample("2xhe")};
  options.database = folder.path() / "expected.sqlite";
  CHECK(build_database(options).zones == 38);

  options.files.push_back(folder.write("9xhe.cif", copy_of_2xhe()));
  options.database = folder.path() / "gym.sqlite";
  std::vector<RejectedRow> rejected;
  options.on_rejected = [&rejected](const RejectedRow& row) { rejected.push_back(row); };
  build_one_more(options);  // 1CBS
  rejected.clear();
  const bool is_refused = GENERATE(true, false);
  if (is_refused)
    // Stands for any error that only SQLite notices.
    Connection(options.database.string() + ".partial", Connection::Mode::read_write)
        .execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON zone WHEN (SELECT pdb_id FROM structure "
            "ORDER BY id DESC) = '9xhe' BEGIN SELECT RAISE(ABORT, 'an example'); END");
  if (GENERATE(false, true)) build_one_more(options);  // 9XHE
  const BuildResult result = build_database(options);
  CHECK(result.zones == 38);
  CHECK(result.structures == 1);
  REQUIRE(rejected.size() == 1);
  if (is_refused) {
    CHECK(rejected[0].path == options.files[2].name());
    CHECK(rejected[0].pdb_id == "9xhe");
    CHECK(rejected[0].assembly_pdb_id.empty());
    CHECK(rejected[0].stage == "write");
    CHECK(rejected[0].reason == "SQLite cannot store a row: an example");
    // A finished database with a trigger is not opened.
    Connection(options.database, Connection::Mode::read_write).execute("DROP TRIGGER refuse");
    CHECK(tiles_of_2xhe(options.database) == tiles_of_2xhe(folder.path() / "expected.sqlite"));
  } else {
    CHECK(rejected[0].pdb_id == "2xhe");
    CHECK(rejected[0].stage == "choice");
  }
}
