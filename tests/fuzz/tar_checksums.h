#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace mmgym::fuzz {

constexpr std::size_t kTarBlock = 512;

/// Sets the checksum of a block as if the block were a header.
inline void set_checksum(char* block) {
  std::memset(block + 148, ' ', 8);
  unsigned sum = 0;
  for (std::size_t i = 0; i < kTarBlock; ++i) sum += static_cast<unsigned char>(block[i]);
  std::snprintf(block + 148, 8, "%06o", sum);
  block[155] = ' ';
}

/// Sets the checksums of all headers right.
inline void set_checksums(std::string& archive) {
  std::size_t offset = 0;
  while (offset + kTarBlock <= archive.size() && archive[offset] != '\0') {
    set_checksum(&archive[offset]);
    const std::size_t size = std::strtoull(archive.substr(offset + 124, 11).c_str(), nullptr, 8);
    offset += kTarBlock;
    if (size > archive.size() - offset) return;
    offset += (size + kTarBlock - 1) / kTarBlock * kTarBlock;
  }
}

}  // namespace mmgym::fuzz
