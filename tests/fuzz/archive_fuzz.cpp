// An archive of a folder of shards, and the members of its samples. The checksums of tar headers
// are set right first: a fuzzer cannot guess them.

#include <cstdio>
#include <cstring>
#include <string>

#include "encoding/shard_error.h"
#include "fuzz_input.h"
#include "shards/shard_catalog.h"
#include "shards/shard_record.h"
#include "shards/tar.h"

using namespace mmgym;

namespace {

/// Makes the rest of the folder, and returns the path of the archive.
std::filesystem::path archive_path() {
  std::filesystem::copy(MMGYM_FUZZ_DIR "/archive_index.json", fuzz::folder() / index_name);
  return fuzz::folder() / "shard-000000.tar";
}

/// Sets the checksum of a block as if the block were a header.
void set_checksum(char* block) {
  std::memset(block + 148, ' ', 8);
  unsigned sum = 0;
  for (std::size_t i = 0; i < tar_block_size; ++i) sum += static_cast<unsigned char>(block[i]);
  std::snprintf(block + 148, 8, "%06o", sum);
  block[155] = ' ';
}

void set_checksums(std::string& archive) {
  std::size_t offset = 0;
  while (offset + tar_block_size <= archive.size() && archive[offset] != '\0') {
    set_checksum(&archive[offset]);
    const std::size_t size = std::strtoull(archive.substr(offset + 124, 11).c_str(), nullptr, 8);
    offset += tar_block_size;
    if (size > archive.size() - offset) return;
    offset += (size + tar_block_size - 1) / tar_block_size * tar_block_size;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string archive(fuzz::text_of(bytes, size));
  set_checksums(archive);
  static const std::filesystem::path path = archive_path();
  fuzz::file_of(archive, path.filename().c_str());
  try {
    const ShardCatalog catalog(fuzz::folder());
    for (const std::uint64_t sample : catalog.samples()) {
      catalog.read_arrays(sample);
      catalog.read_text(sample, "json");
      fuzz::require(catalog.label(sample) < catalog.kind().labels);
    }
  } catch (const ShardError&) {
  }
  return 0;
}
