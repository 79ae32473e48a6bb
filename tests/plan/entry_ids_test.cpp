#include "plan/entry_ids.h"

#include "catch.h"

using mmgym::EntryFile;
using mmgym::EntryIds;
using mmgym::testing::contains;

namespace {

/// A file whose bytes no other has.
EntryFile entry_file(const std::string& path, const std::string& id, bool has_own_id = true) {
  static std::uint32_t files = 0;
  return {path, id, has_own_id, 1000, ++files};
}

}  // namespace

TEST_CASE("An id that is taken is replaced by the name of the file, then by a number") {
  EntryIds ids;
  CHECK(ids.add(entry_file("a/one.cif", "1abc")).id == "1abc");
  CHECK(ids.remark().empty());
  CHECK(ids.add(entry_file("a/two.cif", "1abc")).id == "two");
  CHECK(ids.add(entry_file("b/two.cif", "1abc")).id == "two-2");
  CHECK(ids.add(entry_file("c/Two.cif", "two", false)).id == "two-3");
  CHECK(ids.contains("two-3"));
  CHECK_FALSE(ids.contains("two-4"));
  CHECK_THAT(ids.remark(), contains("3 files") && contains("a/two.cif is two, "));
}

TEST_CASE("Files with the same id and name, or the same bytes, are one entry") {
  EntryIds ids;
  const EntryFile first = entry_file("a/1abc.cif", "1abc");
  CHECK(ids.add(first).same_as.empty());
  CHECK(ids.add(entry_file("b/1abc.cif.gz", "1abc")).same_as == "a/1abc.cif");
  EntryFile copy = first;
  copy.path = "c/other.cif";
  CHECK(ids.add(copy).same_as == "a/1abc.cif");
  // Files without an id of their own are different entries, unless they have the same bytes.
  CHECK(ids.add(entry_file("a/model.cif", "model", false)).same_as.empty());
  const auto second = ids.add(entry_file("b/model.cif", "model", false));
  CHECK(second.same_as.empty());
  CHECK(second.id == "model-2");
}

TEST_CASE("A file that is the same entry as another does not stand for other files") {
  EntryIds ids;
  ids.add(entry_file("a/1abc.cif", "1abc"));
  const EntryFile again = entry_file("b/1abc.cif", "1abc");
  CHECK(ids.add(again).same_as == "a/1abc.cif");
  CHECK(ids.add(again).same_as == "a/1abc.cif");
}

TEST_CASE("A file says whether the same entry was read in a newer revision") {
  EntryIds ids;
  EntryFile file = entry_file("a/1abc.cif", "1abc");
  file.revision_date = "2020-01-02";
  ids.add(file);
  for (const char* date : {"2020-01-01", ""}) {
    EntryFile older = entry_file("b/1abc.cif", "1abc");
    older.revision_date = date;
    CHECK(ids.add(older).newer_date == "2020-01-02");
  }
  EntryFile same = entry_file("c/1abc.cif", "1abc");
  same.revision_date = "2020-01-02";
  CHECK(ids.add(same).newer_date.empty());
}
