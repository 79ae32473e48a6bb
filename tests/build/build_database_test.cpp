#include "build/build_database.h"

#include <algorithm>
#include <fstream>

#include "catch.h"
#include "data_sample.h"
#include "database/gym_reader.h"
#include "inputs/read_file.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;
using testing::data_sample;

namespace {

/// All rows of all tables, as text.
std::string dump(const std::filesystem::path& path) {
  Connection connection(path, Connection::Mode::read_only);
  std::string text;
  for (const char* table :
       {"metadata", "structure", "assembly", "zone", "subchain", "subchain_pair", "neighbor",
        "zone_neighbor", "rejected", "atom_tile", "atom_annotation"}) {
    Statement columns(connection,
                      "SELECT group_concat('quote(' || name || ')', ' || '','' || ') "
                      "FROM pragma_table_info(?)");
    columns.first_row(table);
    const std::string row(columns.text(0));
    Statement rows(connection, "SELECT " + row + " FROM " + table);
    for (bool more = rows.first_row(); more; more = rows.next_row())
      text += std::string(table) + ": " + std::string(rows.text(0)) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("A database of sample entries has the zones of the reference") {
  const testing::TemporaryFolder folder;
  BuildOptions options;
  options.database = folder.path() / "gym.sqlite";
  options.files = {data_sample("2xhe"), data_sample("1cbs"), data_sample("6wqa")};
  std::vector<RejectedRow> rejected;
  options.on_rejected = [&rejected](const RejectedRow& row) { rejected.push_back(row); };
  const auto counts = build_database(options);
  CHECK(counts.structures == 2);
  CHECK(counts.zones == 38 + 1);
  CHECK(counts.zone_neighbors == 69 + 1);
  REQUIRE(rejected.size() == 1);
  CHECK(rejected[0].pdb_id == "1cbs");
  CHECK(rejected[0].stage == "zones");

  GymReader reader(options.database);
  CHECK(reader.metadata("zone_size_A") == "10.0");
  CHECK(reader.metadata("neighbor_geometry") == "\"icosahedron faces\"");
  CHECK(reader.metadata("nonbiological_residues") == "[]");
  CHECK(count_rows(reader.connection()).zones == counts.zones);
}

TEST_CASE("The content of a database does not depend on the number of threads") {
  const testing::TemporaryFolder folder;
  // Copies of 2XHE, some with a protein that no other has. Expanded in parallel, all seem to be
  // needed.
  const std::string original = read_file(data_sample("2xhe"));
  std::vector<std::filesystem::path> copies;
  for (int i = 0; i < 6; ++i) {
    std::string text = original;
    for (auto at = text.find("2XHE"); at != std::string::npos; at = text.find("2XHE"))
      text.replace(at, 4, "9AB" + std::to_string(i));
    if (i % 2 == 0)
      for (auto at = text.find(";MDRLS"); at != std::string::npos; at = text.find(";MDRLS"))
        text.replace(at, 6, ";MDRL" + std::string(static_cast<std::size_t>(i + 1), 'W'));
    copies.push_back(folder.write("copy" + std::to_string(i) + ".cif", text));
  }
  std::string expected;
  for (const int threads : {1, 2, 7}) {
    BuildOptions options;
    options.files.assign(copies.begin(), copies.end());
    options.database = folder.path() / ("gym" + std::to_string(threads) + ".sqlite");
    for (const char* name : {"7cfn", "1a8o", "2xhe", "1cbs", "6wqa", "3jqh"})
      options.files.push_back(data_sample(name));
    options.threads = threads;
    const BuildResult result = build_database(options);
    CHECK(result.expanded_unneeded <= (threads == 1 ? 0U : 3U));
    const std::string content = dump(options.database);
    if (expected.empty()) expected = content;
    REQUIRE(content == expected);
  }
  CHECK_THAT(expected, contains("zone: "));
  // 9AB5 contains everything that the copies share; 9AB1 and 9AB3 add nothing.
  for (const char* needed : {"'9ab5'", "'9ab4'", "'9ab2'", "'9ab0'", "'2xhe'"})
    CHECK_THAT(expected, contains(needed));
}

TEST_CASE("BinaryCIF gives the database of the text") {
  const testing::TemporaryFolder folder;
  const auto binary = std::filesystem::path(MMGYM_SOURCE_DIR) / "tests" / "bcif" / "1a8o.bcif.gz";
  std::vector<std::string> dumps;
  for (const auto& file : {data_sample("1a8o"), binary}) {
    BuildOptions options;
    options.files = {file};
    options.database = folder.path() / "gym.sqlite";
    options.parameters.density_check_min_atoms_nm3 = 10;
    options.parameters.neighbor_count_threshold = 0;
    CHECK(build_database(options).zones > 5);
    Connection connection(options.database, Connection::Mode::read_write);
    // These identify the files.
    connection.execute("DELETE FROM metadata WHERE key IN ('inputs_md5', 'database_id')");
    dumps.push_back(dump(options.database));
  }
  CHECK_THAT(dumps[0], contains("atom_tile: ") && contains("X-RAY DIFFRACTION"));
  CHECK(dumps[0] == dumps[1]);
}

TEST_CASE("Invalid inputs are rejected with reasons, and the rest is built") {
  const testing::TemporaryFolder folder;
  const auto slurp = [](const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string good = slurp(data_sample("6wqa"));
  const std::string atoms =
      "loop_\n_atom_site.type_symbol\n_atom_site.Cartn_x\n_atom_site.Cartn_y\n"
      "_atom_site.Cartn_z\n";
  BuildOptions options;
  options.files = {
      folder.write("truncated.cif.gz", good.substr(0, good.size() / 2)),
      folder.write("text.cif", "Dear editor,"),
      folder.write("no_atoms.cif", "data_1xyz\n_entry.id 1XYZ\n"),
      folder.write("nan.cif", "data_2xyz\n" + atoms + "C 1 2 nan\n"),
      folder.write("operator.cif",
                   "data_3xyz\n" + atoms +
                       "C 1 2 3\n#\n_pdbx_struct_assembly_gen.assembly_id 1\n"
                       "_pdbx_struct_assembly_gen.oper_expression 9\n"
                       "_pdbx_struct_assembly_gen.asym_id_list A\n_pdbx_struct_oper_list.id 1\n"
                       "_pdbx_struct_oper_list.matrix[1][1] 1\n"
                       "_pdbx_struct_oper_list.matrix[1][2] 0\n"
                       "_pdbx_struct_oper_list.matrix[1][3] 0\n_pdbx_struct_oper_list.vector[1] 0\n"
                       "_pdbx_struct_oper_list.matrix[2][1] 0\n"
                       "_pdbx_struct_oper_list.matrix[2][2] 1\n"
                       "_pdbx_struct_oper_list.matrix[2][3] 0\n_pdbx_struct_oper_list.vector[2] 0\n"
                       "_pdbx_struct_oper_list.matrix[3][1] 0\n"
                       "_pdbx_struct_oper_list.matrix[3][2] 0\n"
                       "_pdbx_struct_oper_list.matrix[3][3] 1\n"
                       "_pdbx_struct_oper_list.vector[3] 0\n"),
      folder.write("6wqa.cif.gz", good),
      folder.write("again.cif.gz", good),
  };
  options.database = folder.path() / "gym.sqlite";
  std::vector<RejectedRow> rejected;
  options.on_rejected = [&rejected](const RejectedRow& row) { rejected.push_back(row); };
  CHECK(build_database(options).structures == 1);

  REQUIRE(rejected.size() == 6);
  // Rejections are sorted by rank, then those without a rank.
  const auto place = [&options](const RejectedRow& row) {
    return std::find_if(options.files.begin(), options.files.end(),
                        [&row](const auto& file) { return file.name() == row.path; }) -
           options.files.begin();
  };
  std::sort(rejected.begin(), rejected.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
  const char* expected[] = {"cut short",    "not CIF",
                            "no atoms",     "no atoms with coordinates",
                            "operator '9'", "the same entry, 6wqa, was already read"};
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(rejected[i].path == options.files[i < 5 ? i : 6].name());
    CHECK_THAT(rejected[i].reason, contains(expected[i]));
  }
  Connection connection(options.database, Connection::Mode::read_only);
  Statement rows(connection, "SELECT count(*) FROM rejected WHERE reason <> ''");
  REQUIRE(rows.first_row());
  CHECK(rows.integer(0) == 6);
}

TEST_CASE("A database without zones is written with the reasons for rejection") {
  const testing::TemporaryFolder folder;
  BuildOptions options;
  options.files = {data_sample("1cbs")};
  options.database = folder.path() / "gym.sqlite";
  std::string reason;
  options.on_rejected = [&reason](const RejectedRow& rejected) { reason = rejected.reason; };
  CHECK(build_database(options).zones == 0);
  CHECK_THAT(reason, contains("neighbor"));
  CHECK(std::filesystem::exists(options.database));
}

TEST_CASE("If no file can be read, no database is written") {
  const testing::TemporaryFolder folder;
  BuildOptions options;
  options.files = {folder.path() / "none.cif"};
  options.database = folder.path() / "gym.sqlite";
  std::string reason;
  options.on_rejected = [&reason](const RejectedRow& rejected) { reason = rejected.reason; };
  CHECK_THROWS_WITH(build_database(options), contains("gym.sqlite") && contains("can be read"));
  CHECK_THAT(reason, contains("cannot be opened"));
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("The error of an invalid parameter contains its flag") {
  BuildOptions options;
  options.files = {data_sample("1cbs")};
  options.parameters.zone_size_A = -1;
  CHECK_THROWS_WITH(build_database(options), contains("--zone-size: -1 is not a number from 1 to"));
  options.parameters = {};
  options.parameters.allowed_elements = {"C", "QQ"};
  CHECK_THROWS_WITH(build_database(options), contains("--allowed-elements: 'QQ'"));
  options.parameters = {};
  options.parameters.neighbor_geometry = "ball";
  CHECK_THROWS_WITH(build_database(options),
                    contains("--neighbor-geometry") && contains("icosahedron"));
}
