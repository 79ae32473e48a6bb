#include "plan/memory_estimate.h"

#include "catch.h"

using namespace mmgym;

namespace {

constexpr double kGiB = 1024.0 * 1024 * 1024;

/// An input with an assembly of `subchains` subchains in `copies` copies each.
PlannedInput input(const char* path, std::uint64_t file_size, std::uint32_t subchains,
                   std::uint32_t copies) {
  PlannedInput input;
  input.source = std::filesystem::path(path);
  input.file.size = file_size;
  auto& assembly = input.assemblies.emplace_back();
  for (std::uint32_t i = 0; i < subchains; ++i)
    assembly.content.subchains.push_back({i, i, copies, 0});
  return input;
}

double gib(const PlannedInput& input) { return static_cast<double>(expansion_bytes(input)) / kGiB; }

}  // namespace

TEST_CASE("The estimate of an expansion is slightly above the measured memory") {
  // 6ZU5 as text, in 1 and 64 copies: 55 MiB and 2.65 GiB (tests/bench/large_assembly.py).
  const double one = gib(input("6zu5.cif", 14726322, 80, 1));
  CHECK(one > 55 / 1024.0);
  CHECK(one < 2 * 55 / 1024.0);
  const double many = gib(input("6zu5.cif", 14726322, 80, 64));
  CHECK(many > 2.65);
  CHECK(many < 1.5 * 2.65);
  // The estimate of a compressed file may be higher.
  const double compressed = gib(input("6zu5.cif.gz", 2886880, 80, 64));
  CHECK(compressed > 2.65);
  CHECK(compressed < 2 * 2.65);
}

TEST_CASE("The estimate of a capsid grows with its 60 copies") {
  // 3 chains of 230 residues: 5,300 atoms, 600 KB of text.
  const auto text = text_bytes("a.cif", 600000);
  CHECK(text == 600000);
  CHECK(text_bytes("a.cif.gz", 120000) > text);
  CHECK(text_bytes("a.cif.zst", 120000) == text_bytes("a.cif.gz", 120000));
  const double unit = gib(input("a.cif", 600000, 3, 1));
  const double capsid = gib(input("a.cif", 600000, 3, 60));
  // The text is in memory once.
  CHECK(capsid > 30 * unit);
  CHECK(capsid < 60 * unit);
  // 318,000 atoms.
  CHECK(capsid > 318000 * 250 / kGiB);
  CHECK(capsid < 318000 * 600 / kGiB);
}

TEST_CASE("One assembly per subchain has the same estimate as one assembly of all subchains") {
  const PlannedInput whole = input("a.cif", 600000, 24, 1);
  PlannedInput shared = input("a.cif", 600000, 0, 1);
  shared.assemblies.clear();
  for (const auto& subchain : whole.assemblies.front().content.subchains)
    shared.assemblies.emplace_back().content.subchains.push_back(subchain);
  CHECK(expansion_bytes(shared) == expansion_bytes(whole));
}

TEST_CASE("The estimate of a rejected input is 0, and large estimates do not overflow") {
  PlannedInput rejected = input("a.cif", 600000, 3, 60);
  rejected.rejected = RejectedRow{};
  CHECK(expansion_bytes(rejected) == 0);
  CHECK(expansion_bytes(input("a.cif", 600000, 0, 0)) == 2 * text_bytes("a.cif", 600000));
  CHECK(expansion_bytes(input("a.cif", std::uint64_t{1} << 50, 3, 4000000000U)) ==
        1000000000000000000U);
}
