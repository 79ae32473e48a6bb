#include <sstream>

#include "build/build_database.h"
#include "catch.h"
#include "data_sample.h"
#include "database/gym_counts.h"
#include "database/gym_reader.h"
#include "inputs/read_file.h"
#include "temporary_folder.h"

// Entries as written by programs other than the wwPDB's. They must give the same zones as the usual
// file.

using namespace mmgym;
using testing::contains;

namespace {

/// 2XHE, a complex of two proteins with water.
std::string usual_text() { return read_file(testing::data_sample("2xhe")); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  REQUIRE(text.find(from) != std::string::npos);
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// Applies change(values) to each row of _atom_site.
template <typename Change>
std::string with_atoms(const std::string& text, Change change) {
  std::istringstream lines(text);
  std::string result;
  for (std::string line; std::getline(lines, line); result += line + "\n") {
    if (!line.starts_with("ATOM ") && !line.starts_with("HETATM ")) continue;
    std::istringstream words(line);
    std::vector<std::string> values;
    for (std::string word; words >> word;) values.push_back(word);
    change(values);
    line.clear();
    for (const auto& value : values) line += value + " ";
  }
  return result;
}

constexpr std::size_t kIdColumn = 1;
constexpr std::size_t kSubchainColumn = 6;
constexpr std::size_t kEntityColumn = 7;
constexpr std::size_t kSeqColumn = 8;
constexpr std::size_t kXColumn = 10;

struct BuiltText {
  explicit BuiltText(const std::string& text) {
    BuildOptions options;
    options.files = {folder.write("2xhe.cif", text)};
    options.database = folder.path() / "gym.sqlite";
    // Gives many small zones; some would contain only water if water counted.
    options.parameters.density_check_min_atoms_nm3 = 10;
    options.parameters.neighbor_count_threshold = 0;
    options.on_rejected = [this](const RejectedRow& row) { rejected += row.reason + "\n"; };
    zones = build_database(options).zones;
    Connection connection(options.database, Connection::Mode::read_only);
    for (const char* table : {"zone", "subchain", "subchain_pair", "atom_tile"}) {
      Statement columns(connection,
                        "SELECT group_concat('quote(' || name || ')', ' || '','' || ') "
                        "FROM pragma_table_info(?)");
      columns.first_row(table);
      const std::string row(columns.text(0));
      Statement rows(connection, "SELECT " + row + " FROM " + table);
      for (bool more = rows.first_row(); more; more = rows.next_row())
        content += std::string(table) + ": " + std::string(rows.text(0)) + "\n";
    }
  }
  testing::TemporaryFolder folder;
  std::size_t zones = 0;
  std::string content;
  std::string rejected;
};

}  // namespace

TEST_CASE("Zones do not contain water, by any name") {
  std::string text = usual_text();
  // Subchain D has two waters. With one water, a zone could contain the whole subchain.
  text.erase(text.rfind("HETATM"),
             text.find('\n', text.rfind("HETATM")) + 1 - text.rfind("HETATM"));
  const BuiltText usual(text);
  REQUIRE(usual.zones > 0);
  SECTION("WAT, of an entity of type water") {
    const BuiltText build(replaced(text, "HOH", "WAT"));
    CHECK(build.rejected == usual.rejected);
    CHECK(build.content == usual.content);
  }
  SECTION("HOH, of an entity without a type") {
    const BuiltText build(replaced(replaced(text, "3 water water", "3 ? water"),
                                   "_pdbx_entity_nonpoly.comp_id HOH", ""));
    CHECK(build.content == usual.content);
  }
  SECTION("HOH, in a file without entities of atoms") {
    const BuiltText build(replaced(with_atoms(text, [](auto& row) { row[kEntityColumn] = "?"; }),
                                   "_struct_asym.", "_not_struct_asym."));
    CHECK_THAT(build.content, contains("subchain: "));
    CHECK(build.content.find("'C'") == std::string::npos);
    CHECK(build.content.find("'D'") == std::string::npos);
  }
}

TEST_CASE("Atoms without coordinates are counted, and the others have zones") {
  const std::string text = usual_text();
  const BuiltText build(with_atoms(text, [](auto& row) {
    if (row[kIdColumn] == "1" || row[kIdColumn] == "2") row[kXColumn] = "?";
  }));
  CHECK(build.zones > 0);
  Connection connection(build.folder.path() / "gym.sqlite", Connection::Mode::read_only);
  CHECK(single_integer(connection, "SELECT unmodelled_atoms FROM structure") == 2);
  CHECK(count_rows(connection).unmodelled_atoms == 2);
}

TEST_CASE("Entities from _struct_asym are the same as in the usual file") {
  const std::string text = usual_text();
  const BuiltText usual(text);
  const BuiltText build(with_atoms(text, [](auto& row) { row[kEntityColumn] = "?"; }));
  CHECK(build.content == usual.content);
  for (const char* query : {"SELECT group_concat(pdb_id || cluster) FROM entity",
                            "SELECT group_concat(quote(annotation)) FROM atom_annotation"}) {
    const auto text_of = [query](const BuiltText& built) {
      Connection connection(built.folder.path() / "gym.sqlite", Connection::Mode::read_only);
      Statement rows(connection, query);
      REQUIRE(rows.first_row());
      return std::string(rows.text(0));
    };
    CHECK(text_of(build) == text_of(usual));
  }
}

TEST_CASE("An entry with an invalid sequence number is rejected, and the rest is built") {
  const testing::TemporaryFolder folder;
  const std::string text = usual_text();
  const std::string bad = with_atoms(replaced(text, "2XHE", "9ABC"), [](auto& row) {
    if (row[kSeqColumn] == "7") row[kSeqColumn] = "7x";
  });
  BuildOptions options;
  options.files = {folder.write("9abc.cif", bad), folder.write("2xhe.cif", text)};
  options.database = folder.path() / "gym.sqlite";
  options.census.keep_all = true;
  std::vector<RejectedRow> rejected;
  options.on_rejected = [&rejected](const RejectedRow& row) { rejected.push_back(row); };
  CHECK(build_database(options).structures == 1);
  REQUIRE(rejected.size() == 1);
  CHECK(rejected[0].pdb_id == "9abc");
  CHECK(rejected[0].stage == "parse");
  CHECK_THAT(rejected[0].reason, contains("label_seq_id is '7x'") && contains("row "));
}

TEST_CASE("An entry whose subchains change during the build stops it") {
  const testing::TemporaryFolder folder;
  const std::string text = usual_text();
  BuildOptions options;
  options.files = {folder.write("2xhe.cif", text)};
  options.database = folder.path() / "gym.sqlite";
  // Called after the facts and before the atoms are read.
  options.on_facts_read = [&](std::size_t) {
    std::string other = replaced(text, "A,B,C,D", "Z,B,C,D");
    folder.write("2xhe.cif", with_atoms(other, [](auto& row) {
                   if (row[kSubchainColumn] == "A") row[kSubchainColumn] = "Z";
                 }));
  };
  CHECK_THROWS_WITH(build_database(options), contains("2xhe.cif: has changed"));
}
