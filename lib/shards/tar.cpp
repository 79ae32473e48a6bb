#include "shards/tar.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <vector>

// A tar archive as POSIX ustar: for each file a header block of 512 bytes, the content, and zeros
// up to a multiple of 512; at the end two or more blocks of zeros, up to a multiple of 20 blocks,
// the record size of tar programs.
//
// The header's fields and their values here. Numbers are octal text:
//
//     offset  size
//          0   100  name, filled with zeros
//        100     8  mode      0000644
//        108     8  uid       0000000
//        116     8  gid       0000000
//        124    12  size      11 digits
//        136    12  mtime     00000000000
//        148     8  checksum  6 digits, a zero, a blank: the sum of the header's bytes, with blanks
//                             in place of these eight
//        156     1  type      0: a regular file
//        157   100  link name, empty
//        257     8  magic     ustar, a zero, 00
//        265    64  user and group name, empty
//        329    16  device numbers 0000000 0000000
//        345   167  prefix of the name, empty, and filling

namespace mmgym {
namespace {

constexpr std::size_t record_size = 20 * tar_block_size;
constexpr TarBlock zeros{};

constexpr std::size_t name_size = 100;
constexpr std::size_t size_offset = 124;
constexpr std::size_t size_digits = 11;
constexpr std::size_t checksum_offset = 148;
constexpr std::size_t checksum_digits = 6;
constexpr std::size_t checksum_size = 8;
constexpr std::size_t magic_offset = 257;

void put(TarBlock& block, std::size_t offset, std::string_view text) {
  std::memcpy(block.data() + offset, text.data(), text.size());
}

std::string_view get(const TarBlock& block, std::size_t offset, std::size_t size) {
  return {reinterpret_cast<const char*>(block.data()) + offset, size};
}

unsigned checksum(const TarBlock& block) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool own = i >= checksum_offset && i < checksum_offset + checksum_size;
    sum += own ? ' ' : std::to_integer<unsigned>(block[i]);
  }
  return sum;
}

/// Reads exactly the given octal digits.
std::optional<std::uint64_t> parse_octal(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 8);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::size_t padding(std::uint64_t size, std::size_t multiple) {
  return static_cast<std::size_t>((multiple - size % multiple) % multiple);
}

}  // namespace

TarBlock tar_header(std::string_view name, std::uint64_t size) {
  if (name.empty() || name.size() > name_size)
    throw std::length_error(fmt::format("a tar member's name has 1 to 100 bytes: '{}'", name));
  if (size >= std::uint64_t{1} << (3 * size_digits))
    throw std::length_error(fmt::format("{} is too large for a tar member: {} bytes", name, size));

  TarBlock block{};
  put(block, 0, name);
  put(block, 100, "0000644");
  put(block, 108, "0000000");
  put(block, 116, "0000000");
  put(block, size_offset, fmt::format("{:0{}o}", size, size_digits));
  put(block, 136, "00000000000");
  put(block, 156, "0");
  put(block, magic_offset, std::string_view("ustar\00000", 8));
  put(block, 329, "0000000");
  put(block, 337, "0000000");
  put(block, checksum_offset, fmt::format("{:0{}o}", checksum(block), checksum_digits));
  put(block, checksum_offset + checksum_digits, std::string_view("\0 ", 2));
  return block;
}

std::uint64_t tar_archive_size(std::uint64_t bytes) {
  bytes += 2 * tar_block_size;
  return bytes + padding(bytes, record_size);
}

std::optional<TarEntry> parse_tar_header(const TarBlock& block) {
  if (block == zeros) return std::nullopt;
  const auto sum = parse_octal(get(block, checksum_offset, checksum_digits));
  const auto size = parse_octal(get(block, size_offset, size_digits));
  if (!sum || *sum != checksum(block) || !size || get(block, magic_offset, 5) != "ustar")
    throw ShardError("not a tar header");
  const std::string_view name = get(block, 0, name_size);
  return TarEntry{std::string(name.substr(0, name.find('\0'))), *size};
}

void TarWriter::add(std::span<const TarFile> files) {
  headers_.clear();
  headers_.reserve(files.size());  // spans point to them
  spans_.clear();
  std::uint64_t added = 0;
  for (const TarFile& file : files) {
    std::uint64_t size = 0;
    for (const OwnedBytes& part : file.parts) size += part.size();
    spans_.emplace_back(headers_.emplace_back(tar_header(file.name, size)));
    for (const OwnedBytes& part : file.parts) spans_.push_back(part.view());
    spans_.push_back(ByteSpan(zeros).first(padding(size, tar_block_size)));
    added += tar_block_size + size + spans_.back().size();
  }
  sink_->write(spans_);
  size_ += added;
}

void TarWriter::finish() {
  const std::vector<std::byte> end(tar_archive_size(size_) - size_);
  sink_->write(std::vector<ByteSpan>{end});
}

}  // namespace mmgym
