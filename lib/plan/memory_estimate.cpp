#include "plan/memory_estimate.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

namespace mmgym {
namespace {

// Measured on 39 entries of 240 to 165,175 atoms. A text is 3.4 to 5.1 times as large as its gzip
// file. It has 68 to 320 bytes per atom, about 90 in large entries. With 6ZU5 (14.7 MB, 165,175
// atoms) in 1 and 64 copies, build-db uses 55 MiB and 2.65 GiB more than the idle program
// (tests/bench/large_assembly.py).
constexpr std::size_t kCompression = 6;
// A text is 2.4 to 9.5 times as large as its BinaryCIF, and 5 to 14 times as large as that with
// gzip.
constexpr std::size_t kBinaryCompression = 10;
constexpr std::size_t kCompressedBinary = 15;
constexpr std::size_t kTextBytesPerAtom = 70;
constexpr std::size_t kTextCopies = 2;
constexpr std::size_t kBytesPerAtom = 270;

}  // namespace

std::vector<std::uint64_t> file_sizes(const std::vector<InputSource>& files) {
  std::vector<std::uint64_t> sizes;
  for (const auto& file : files) {
    if (file.archive() != nullptr) {
      sizes.push_back(file.place().size);
      continue;
    }
    std::error_code error;  // reported when the file is read
    const auto size = std::filesystem::file_size(file.name(), error);
    sizes.push_back(error ? 0 : size);
  }
  return sizes;
}

std::size_t text_bytes(std::string_view file_name, std::uint64_t file_size) {
  const bool is_compressed = file_name.ends_with(".gz") || file_name.ends_with(".zst");
  if (is_compressed) file_name.remove_suffix(file_name.size() - file_name.rfind('.'));
  if (file_name.ends_with(".bcif"))
    return file_size * (is_compressed ? kCompressedBinary : kBinaryCompression);
  return file_size * (is_compressed ? kCompression : 1);
}

std::size_t expansion_bytes(const PlannedInput& input) {
  if (input.rejected) return 0;
  // Assumes the same number of atoms in each planned subchain.
  std::set<std::uint32_t> subchains;  // by number
  double copies = 0;
  for (const auto& assembly : input.assemblies)
    for (const auto& subchain : assembly.content.subchains) {
      subchains.insert(subchain.number);
      copies += subchain.copies;
    }
  const auto text = static_cast<double>(text_bytes(input.source.file_name(), input.file.size));
  const double atoms = text / kTextBytesPerAtom;
  const double expanded =
      subchains.empty() ? 0 : atoms * copies / static_cast<double>(subchains.size());
  constexpr double kMost = 1e18;
  return static_cast<std::size_t>(std::min(kMost, kTextCopies * text + kBytesPerAtom * expanded));
}

}  // namespace mmgym
