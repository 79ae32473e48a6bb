#include "structure/read_mmcif.h"

#include <new>
#include <stdexcept>

#include "catch.h"
#include "inputs/read_file.h"
#include "mmcif_text.h"
#include "structure/facts.h"
#include "structure/structure.h"

using namespace mmgym;
using testing::contains;

TEST_CASE("Exceptions of a reader become StructureError, except errors of the machine") {
  const auto read_throwing = [](auto error) {
    read_mmcif(testing::mmcif_text({{}}), "x", {{"id"}}, {},
               [&](gemmi::cif::Block&, AtomRows&) { throw error; });
  };
  CHECK_THROWS_AS(read_throwing(std::invalid_argument("not an integer: x")), StructureError);
  CHECK_THROWS_AS(read_throwing(std::out_of_range("no such row")), StructureError);
  CHECK_THROWS_WITH(read_throwing(std::runtime_error("tag\nmissing")),
                    contains("mmCIF: tag missing"));
  CHECK_THROWS_AS(read_throwing(StructureError("bad")), StructureError);
  // Errors of the machine are not errors of the file.
  CHECK_THROWS_AS(read_throwing(std::bad_alloc()), std::bad_alloc);
  CHECK_THROWS_AS(read_throwing(MachineError({}, "cannot read")), MachineError);
}

TEST_CASE("BinaryCIF that needs more memory than a text may have is refused with the flag") {
  const auto path = std::filesystem::path(MMGYM_SOURCE_DIR) / "tests" / "bcif" / "1a8o.bcif.gz";
  const std::string bytes = read_file(path);
  CHECK(read_facts(bytes, "x").pdb_id == "1a8o");
  InputLimits limits;
  limits.max_text_MB = 0;
  CHECK_THROWS_WITH(read_facts(bytes, "x", limits), contains("; --max-text allows more"));
  CHECK_THROWS_WITH(read_facts(bytes.substr(0, 5000), "x"),
                    contains("not valid BinaryCIF: the data is cut short"));
}

TEST_CASE("If a row is not a line, the text is read again from its beginning") {
  std::string text = testing::mmcif_text({{.x = "1"}, {.x = "2"}, {.x = "3"}});
  text.insert(text.rfind("20.5"), "\n");  // the last row has two lines
  std::size_t calls = 0;
  std::vector<std::string> read;
  read_mmcif(text, "x", {{"Cartn_x"}}, {}, [&](gemmi::cif::Block&, AtomRows& rows) {
    ++calls;
    read.clear();
    while (const AtomRows::Row* row = rows.next()) read.emplace_back(row->front());
  });
  CHECK(calls == 2);
  CHECK(read == std::vector<std::string>{"1", "2", "3"});
}
