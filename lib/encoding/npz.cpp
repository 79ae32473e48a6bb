#include "encoding/npz.h"

#include <libdeflate.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string_view>

// A .npz file is a zip archive (PKWARE's APPNOTE.TXT) of one file NAME.npy for each array. Numbers
// are little-endian. For each file there is a header, then its content, "stored" (not compressed):
//
//     u32  0x04034b50
//          FACTS:  u16 version needed: 10, for 1.0
//                  u16 flags: 0
//                  u16 method: 0, stored
//                  u16 time: 0
//                  u16 date: 0x21, January 1, 1980, the earliest date
//                  u32 CRC-32 of the content
//                  u32 size, compressed;  u32 size
//                  u16 length of the name
//                  u16 length of the extra field: 0
//          name, content
//
// then the central directory, for each file:
//
//     u32  0x02014b50
//     u16  version made by: 10
//          FACTS
//     u16  length of the comment: 0;  u16 disk: 0;  u16 internal attributes: 0;  u32 external: 0
//     u32  where the file's header is
//          name
//
// and the end:
//
//     u32  0x06054b50
//     u16  disk: 0;  u16 disk of the directory: 0;  u16 files on this disk;  u16 files
//     u32  size of the directory;  u32 where it is
//     u16  length of the comment: 0

namespace mmgym {
namespace {

template <typename T>
void put(std::string& out, std::uint64_t value) {
  if (value > std::numeric_limits<T>::max())
    throw std::length_error("a number is too large for a .npz file");
  for (std::size_t byte = 0; byte < sizeof(T); ++byte)
    out += static_cast<char>(value >> (8 * byte) & 0xFF);
}

std::string facts_of(const NpzArray& array, const std::string& name) {
  std::uint64_t size = 0;
  std::uint32_t crc = 0;
  for (const OwnedBytes& part : array.parts) {
    size += part.size();
    crc = libdeflate_crc32(crc, part.view().data(), part.size());
  }
  std::string facts;
  for (const std::uint16_t value : {10, 0, 0, 0, 0x21}) put<std::uint16_t>(facts, value);
  put<std::uint32_t>(facts, crc);
  put<std::uint32_t>(facts, size);
  put<std::uint32_t>(facts, size);
  put<std::uint16_t>(facts, name.size());
  put<std::uint16_t>(facts, 0);
  return facts;
}

}  // namespace

std::string make_npz(std::span<const NpzArray> arrays) {
  std::string out;
  std::string directory;
  for (const NpzArray& array : arrays) {
    const std::string name = array.name + ".npy";
    const std::string facts = facts_of(array, name);
    put<std::uint32_t>(directory, 0x02014b50);
    put<std::uint16_t>(directory, 10);
    directory += facts;
    for (int i = 0; i < 3; ++i) put<std::uint16_t>(directory, 0);
    put<std::uint32_t>(directory, 0);
    put<std::uint32_t>(directory, out.size());
    directory += name;

    put<std::uint32_t>(out, 0x04034b50);
    out += facts;
    out += name;
    for (const OwnedBytes& part : array.parts)
      out.append(reinterpret_cast<const char*>(part.view().data()), part.size());
  }
  const std::size_t directory_at = out.size();
  out += directory;
  put<std::uint32_t>(out, 0x06054b50);
  for (int i = 0; i < 2; ++i) put<std::uint16_t>(out, 0);
  for (int i = 0; i < 2; ++i) put<std::uint16_t>(out, arrays.size());
  put<std::uint32_t>(out, directory.size());
  put<std::uint32_t>(out, directory_at);
  put<std::uint16_t>(out, 0);
  return out;
}

}  // namespace mmgym
