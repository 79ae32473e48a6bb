#include "inputs/archive_members.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "base/errors.h"
#include "catch.h"
#include "inputs/read_file.h"
#include "tar_bytes.h"
#include "temporary_folder.h"

using namespace mmgym;
using namespace mmgym::testing;
namespace fs = std::filesystem;

namespace {

bool is_cif(const std::string& name) { return name.ends_with(".cif"); }

/// What is found in an archive of these bytes.
struct Listed {
  explicit Listed(const std::string& bytes) {
    path = folder.write("a.tar", bytes);
    list();
  }
  explicit Listed(const std::string& bytes, std::uint64_t size) {
    path = folder.write("a.tar", bytes);
    fs::resize_file(path, size);
    list();
  }

  void list() {
    sources =
        archive_members(path, is_cif, [this](const auto& remark) { remarks.push_back(remark); });
    const std::string parent = folder.path().string() + "/";
    for (const auto& source : sources) {
      std::string shown = source.name().substr(parent.size());
      if (source.reason() != nullptr) shown += ": " + *source.reason();
      names.push_back(shown);
    }
  }

  TemporaryFolder folder;
  fs::path path;
  std::vector<InputSource> sources;
  std::vector<std::string> names;  // with the reason of those that cannot be used
  std::vector<std::string> remarks;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("Members are found and read in all formats of tar") {
  const std::string deep = std::string(150, 'x') + "/" + std::string(120, 'y') + "/long.cif";
  const std::string longer = std::string(300, 'z') + ".cif";
  std::string blocks(1024, 'b');
  const Listed listed(
      tar_member("plain.cif", "one") + tar_member("notes.txt", std::string(100000, 'n')) +
      pax_member(pax_record("path", deep) + pax_record("mtime", "1.5"),
                 {.name = "short", .content = blocks}) +
      gnu_long_name_member(longer, "three") +
      tar_member(
          TarMember{.name = "pax_global", .content = pax_record("comment", "x"), .type = 'g'}) +
      tar_member(TarMember{.name = "old.cif", .content = "four", .type = '\0'}) +
      tar_member("empty.cif", "") + tar_end());
  REQUIRE(listed.names == Names{"a.tar/empty.cif", "a.tar/old.cif", "a.tar/plain.cif",
                                "a.tar/" + deep, "a.tar/" + longer});
  const Names contents = {"", "four", "one", blocks, "three"};
  for (std::size_t i = 0; i < contents.size(); ++i)
    CHECK(read_bytes(listed.sources[i]) == contents[i]);
  CHECK(listed.sources[3].file_name() == "long.cif");
  CHECK(listed.remarks.empty());
}

TEST_CASE("Members are in the order in which a search of the unpacked folder finds them") {
  const Names names = {"b.cif", "a/z.cif", "a.cif", "a-b/1.cif", "B.cif", "a/b/1.cif", "a/b.cif"};
  const TemporaryFolder folder;
  std::string bytes;
  for (const auto& name : names) {
    fs::create_directories((folder.path() / "in" / name).parent_path());
    folder.write("in/" + name, "");
    bytes += tar_member("./" + name, "");
  }
  const Listed listed(bytes + tar_end());
  const auto found = search_folder(folder.path() / "in", is_cif, [](const auto&) {});
  REQUIRE(found.size() == names.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK("a.tar/" + found[i].lexically_relative(folder.path() / "in").string() ==
          listed.names.at(i));
}

TEST_CASE("Members that are no files, or have odd names, are listed with the reason") {
  const Listed listed(
      tar_member(TarMember{.name = "symbolic.cif", .type = '2', .link = "b.cif"}) +
      tar_member(TarMember{.name = "hard.cif", .type = '1', .link = "b.cif"}) +
      tar_member(TarMember{.name = "device.cif", .type = '3'}) +
      tar_member(TarMember{.name = "pipe.cif", .type = '6'}) +
      tar_member(TarMember{.name = "pipe", .type = '6'}) +
      tar_member(TarMember{.name = "folder.cif/", .type = '5'}) +
      tar_member(TarMember{.name = "folder2.cif", .type = '5'}) + tar_member("../up.cif", "") +
      tar_member("a/../b..cif", "") + tar_member("c..d/..e.cif", "used") +
      tar_member("", "no name") + tar_member("/etc/x.cif", "used") +
      tar_member("in.tar", tar_member("nested.cif", "")) + tar_member("\xff\x1b.cif", "used") +
      pax_member(pax_record("path", "caf\xc3\xa9.cif"), {.name = "s", .content = "used"}) +
      pax_member(pax_record("path", "\xff.cif"), {.name = "s", .content = "used"}) + tar_end());
  CHECK(listed.names == Names{"a.tar/../up.cif: the name has '..'",
                              "a.tar/a/../b..cif: the name has '..'", "a.tar/c..d/..e.cif",
                              "a.tar/caf\xc3\xa9.cif", "a.tar/device.cif: is not a regular file",
                              "a.tar/etc/x.cif", "a.tar/hard.cif: is a link in the archive",
                              "a.tar/pipe.cif: is not a regular file",
                              "a.tar/symbolic.cif: is a link in the archive", "a.tar/\xff\x1b.cif",
                              "a.tar/\xff.cif", "a.tar: has a member without a name at byte 6144"});
  CHECK(listed.remarks.empty());
  for (const auto& source : listed.sources)
    if (source.reason() == nullptr)
      CHECK(read_bytes(source) == "used");
    else
      CHECK_THROWS_WITH(read_bytes(source), *source.reason());
}

TEST_CASE("A name that is too long is shortened in its reason") {
  const Listed listed(pax_member(pax_record("path", std::string(5000, 'n') + ".cif"),
                                 {.name = "s", .content = "x"}) +
                      tar_member("1.cif", "") + tar_end());
  REQUIRE(listed.names.size() == 2);
  CHECK(listed.names[0] == "a.tar/1.cif");
  CHECK_THAT(listed.names[1], contains("a.tar: has a member with a name of 5004 bytes: nnn"));
  CHECK(listed.names[1].size() < 300);
}

TEST_CASE("Of members with the same name the last is used, as after unpacking") {
  const Listed listed(tar_member("a.cif", "old") + tar_member("b.cif", "b") +
                      tar_member("./a.cif", "older") + tar_member("a.cif", "new") + tar_end());
  REQUIRE(listed.names == Names{"a.tar/a.cif", "a.tar/b.cif"});
  CHECK(read_bytes(listed.sources[0]) == "new");
  CHECK(listed.remarks.size() == 2);
  CHECK_THAT(listed.remarks[0], contains("a.tar/a.cif: is in the archive more than once"));
}

TEST_CASE("Sparse members are refused, however their holes are stored") {
  const auto number = [](int value) {
    std::string text(12, '0');
    std::snprintf(text.data(), text.size(), "%011o", static_cast<unsigned>(value));
    return text;
  };
  std::string old = number(4096) + number(512);
  old.resize(24 * 4 + 1);
  old += number(8192);
  std::string list = "1\n4096\n512\n";
  list.resize(512);
  const Listed listed(
      tar_member(TarMember{.name = "1.cif",
                           .content = std::string(512, 'd'),
                           .type = 'S',
                           .is_gnu = true,
                           .at_386 = old}) +
      pax_member(pax_record("GNU.sparse.major", "1") + pax_record("GNU.sparse.minor", "0") +
                     pax_record("GNU.sparse.name", "2.cif") +
                     pax_record("GNU.sparse.realsize", "8192"),
                 {.name = "GNUSparseFile.0/2.cif", .content = list + std::string(512, 'd')}) +
      pax_member(pax_record("GNU.sparse.size", "8192") + pax_record("GNU.sparse.numblocks", "1") +
                     pax_record("GNU.sparse.map", "4096,512"),
                 {.name = "3.cif", .content = std::string(512, 'd')}) +
      tar_member("4.cif", "used") + tar_end());
  CHECK(listed.names == Names{"a.tar/1.cif: is a sparse file in the archive",
                              "a.tar/2.cif: is a sparse file in the archive",
                              "a.tar/3.cif: is a sparse file in the archive", "a.tar/4.cif"});
  CHECK(read_bytes(listed.sources.back()) == "used");
}

TEST_CASE("The members before a damage are used, and what is lost is listed") {
  const std::string two = tar_member("1.cif", "one") + tar_member("2.cif", std::string(1000, 'x'));
  std::string bad_header = tar_member("3.cif", "three");
  bad_header[148] ^= 1;
  const std::string after = tar_member("4.cif", "four") + tar_end();
  const Names used = {"a.tar/1.cif", "a.tar/2.cif"};
  const auto with = [&used](const std::string& last) {
    Names names = used;
    names.push_back(last);
    return names;
  };
  CHECK(Listed(two + bad_header + after).names ==
        with("a.tar: is damaged: Damaged tar archive, at byte 2560; what follows its first 2 "
             "members is lost"));
  // Cut in a header, in the bytes of a member, in its padding, and between members.
  const std::string three = two + tar_member("3.cif", "three");
  CHECK_THAT(Listed(three.substr(0, two.size() + 100)).names.back(),
             contains("a.tar: is damaged: Truncated tar archive") && contains("first 2 members"));
  CHECK(Listed(three.substr(0, two.size() + 514)).names ==
        with("a.tar/3.cif: the archive is cut short within this member"));
  const Listed padding(three.substr(0, two.size() + 518));
  REQUIRE(padding.names.size() == 4);
  CHECK(padding.names[2] == "a.tar/3.cif");
  CHECK(read_bytes(padding.sources[2]) == "three");
  CHECK_THAT(padding.names[3], contains("a.tar: is cut short") && contains("first 3 members"));
  CHECK_THAT(Listed((two + tar_member("x.txt", "three")).substr(0, two.size() + 514)).names.back(),
             contains("a.tar: is cut short") && contains("first 2 members"));
  const Listed between(two);
  CHECK(between.names == used);
  REQUIRE(between.remarks.size() == 1);
  CHECK_THAT(between.remarks[0], contains("a.tar: has no end mark; if it was cut short, "));
  // Blocks of zeros, as a failing disk leaves them, and an archive that is appended.
  for (const std::size_t zeros : {512, 1024, 20000 / 512 * 512})
    CHECK_THAT(Listed(two + std::string(zeros, '\0') + after).names.back(),
               contains("a.tar: has an end mark before its end, at byte ") &&
                   contains("; what follows is lost"));
  const Listed one_block(two + std::string(512, '\0'));
  CHECK(one_block.names == used);
  CHECK(one_block.remarks.empty());
  CHECK(Listed(two + std::string(10240, '\0')).names == used);
}

TEST_CASE("What is no tar archive is refused as a whole") {
  const std::string text = "data_1ABC\n";
  CHECK(Listed("").names == Names{"a.tar: is empty; an archive has at least an end mark"});
  CHECK(Listed(text).names == Names{"a.tar: is not a tar archive"});
  CHECK(Listed(std::string(5000, 'x')).names == Names{"a.tar: is not a tar archive"});
  CHECK(Listed(tar_member("1.cif", "").substr(0, 511)).names ==
        Names{"a.tar: is not a tar archive"});
  for (const char* begin : {"\x1f\x8b\x08", "\x28\xb5\x2f\xfd",
                            "\xfd"
                            "7zXZ",
                            "BZh9"})
    CHECK_THAT(Listed(begin + std::string(1000, 'x')).names.at(0),
               contains("a.tar: is a compressed archive; decompress it to a .tar"));
  const Listed empty(tar_end());
  CHECK(empty.names.empty());
  CHECK(empty.remarks.empty());
  const TemporaryFolder folder;
  const auto listed = [](const fs::path& path) {
    return *archive_members(path, is_cif, [](const auto&) {}).at(0).reason();
  };
  CHECK(listed(folder.path() / "none.tar") == "cannot be opened: No such file or directory");
  const auto pipe = folder.path() / "pipe.tar";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(listed(pipe) == "is not a regular file");
  CHECK(listed("/dev/zero") == "is not a regular file");
}

TEST_CASE("Sizes above the limit or beyond the end of the archive take no memory") {
  constexpr std::uint64_t kHuge = std::uint64_t{7} << 30;
  const std::string bytes =
      tar_member("1.cif", "one") +
      tar_member(TarMember{.name = "2.cif", .content = {}, .claimed_size = kHuge});
  const Listed whole(bytes, bytes.size() + kHuge + 1024);
  REQUIRE(whole.names == Names{"a.tar/1.cif", "a.tar/2.cif"});
  CHECK_THROWS_WITH(read_bytes(whole.sources[1]), contains("more than 4000 MB of text"));
  InputLimits limits;
  limits.max_text_MB = 1;
  CHECK(read_bytes(whole.sources[0], limits) == "one");
  CHECK(Listed(bytes).names ==
        Names{"a.tar/1.cif", "a.tar/2.cif: the archive is cut short within this member"});
  // The largest size of a header, and sizes of pax.
  for (const char* size :
       {"9223372036854775807", "9223372036854775296", "99999999999999999999", "-1"}) {
    const Listed listed(tar_member("1.cif", "one") +
                        pax_member(pax_record("size", size), {.name = "2.cif", .content = "x"}));
    CHECK(listed.names.at(0) == "a.tar/1.cif");
    CHECK(listed.names.size() >= 2);
  }
}

TEST_CASE("Headers without end are a damage, and take little memory") {
  const auto peak_MB = [] {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
  };
  std::string chain;  // the list of holes of an old GNU member, in blocks of 21
  std::string block;
  for (int i = 0; i < 21; ++i)
    block += "00000001000" + std::string(1, '\0') + "00000000001" + std::string(1, '\0');
  block += '\1';
  block.resize(512);
  for (int i = 0; i < 100000; ++i) chain += block;  // 51 MB
  std::string map;
  for (int i = 0; i < 4; ++i)
    map += "00000001000" + std::string(1, '\0') + "00000000001" + std::string(1, '\0');
  map += '\1';
  const std::string sparse =
      tar_member(TarMember{.name = "1.cif", .type = 'S', .is_gnu = true, .at_386 = map});
  const TemporaryFolder folder;
  folder.write("a.tar", tar_member("0.cif", "") + sparse + chain);
  chain.clear();
  chain.shrink_to_fit();
  const long before_MB = peak_MB();
  const auto members = archive_members(folder.path() / "a.tar", is_cif, [](const auto&) {});
  CHECK(peak_MB() - before_MB < 60);
  REQUIRE(members.size() == 2);
  CHECK_THAT(*members[1].reason(), contains("is damaged: a member's headers have more than 4 MiB"));

  std::string longs;
  for (int i = 0; i < 100; ++i)
    longs += tar_member(TarMember{.name = "L", .content = "x.cif", .type = 'L', .is_gnu = true});
  // Versions of libarchive differ in what they call the last of them.
  CHECK(Listed(tar_member("0.cif", "") + longs + tar_member("1.cif", "")).names.size() >= 2);
  CHECK_THAT(
      Listed(tar_member("0.cif", "") +
             tar_member(TarMember{.name = "x", .content = std::string(3000000, 'x'), .type = 'x'}) +
             tar_member("1.cif", "") + tar_end())
          .names.at(1),
      contains("a.tar: is damaged: "));
}

TEST_CASE("A member of an archive that was replaced or changed is not read") {
  const std::string bytes = tar_member("1.cif", "one") + tar_end();
  const Listed listed(bytes);
  CHECK(read_bytes(listed.sources[0]) == "one");
  listed.folder.write("new.tar", bytes);
  fs::rename(listed.folder.path() / "new.tar", listed.path);
  CHECK_THROWS_AS(read_bytes(listed.sources[0]), ArchiveChanged);
  const Listed other(bytes);
  other.folder.write("a.tar", bytes + bytes);
  CHECK_THROWS_WITH(read_bytes(other.sources[0]),
                    other.path.string() +
                        ": has changed since its members were listed; run the same command again");
  fs::remove(other.path);
  CHECK_THROWS_AS(read_bytes(other.sources[0]), ArchiveChanged);
  CHECK_THROWS_WITH(read_bytes(other.sources[0]),
                    other.path.string() +
                        ": cannot be opened: No such file or directory, after its members were "
                        "listed; run the same command again");
}

TEST_CASE("Every byte of an archive can be damaged") {
  const std::string bytes =
      tar_member("1.cif", "one") +
      pax_member(pax_record("path", "2.cif"), {.name = "s", .content = "two"}) +
      gnu_long_name_member("3.cif", "three") + tar_member("4.cif", "four") + tar_end();
  const TemporaryFolder folder;
  const auto read_all = [&folder](const std::string& content) {
    const auto path = folder.write("a.tar", content);
    for (const auto& source : archive_members(path, is_cif, [](const auto&) {})) {
      std::size_t size = 0;
      try {
        size = read_bytes(source).size();
      } catch (const InputError&) {
      }
      if (size > content.size()) FAIL("more than there is");
    }
  };
  for (std::size_t i = 0; i < bytes.size(); i += i < 512 || i % 512 > 160 ? 7 : 1)
    for (const char flipped : {'\x01', '\x80', '\xff'}) {
      std::string damaged = bytes;
      damaged[i] = static_cast<char>(damaged[i] ^ flipped);
      read_all(damaged);
    }
  for (std::size_t size = 0; size < bytes.size(); size += 37) read_all(bytes.substr(0, size));
}
