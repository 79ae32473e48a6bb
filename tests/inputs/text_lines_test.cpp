#include "inputs/text_lines.h"

#include "base/errors.h"
#include "catch.h"
#include "temporary_folder.h"

using namespace mmgym;
using testing::contains;

TEST_CASE("Lists are read line by line, without blank lines and comments") {
  const testing::TemporaryFolder folder;
  CHECK(read_residue_codes(folder.write("codes", "# salts\r\n gol \n\nSO4")) ==
        std::vector<std::string>{"GOL", "SO4"});
  CHECK(read_pdb_ids(folder.write("ids", "1YPI\n2ypi\n")) ==
        std::vector<std::string>{"1ypi", "2ypi"});
  CHECK(read_pdb_ids(folder.write("none", "")).empty());
}

TEST_CASE("The error of a malformed list contains file and line") {
  const testing::TemporaryFolder folder;
  const auto list = folder.write("codes", "GOL\nnot a code\n");
  CHECK_THROWS_AS(read_residue_codes(list), InputError);
  CHECK_THROWS_WITH(read_residue_codes(list), contains("codes, line 2: expected one residue code"));
  CHECK_THROWS_WITH(read_pdb_ids(folder.path() / "gone"), contains("gone: cannot be opened"));
}
