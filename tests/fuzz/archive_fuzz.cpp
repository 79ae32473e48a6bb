// An archive of a folder of shards, and the members of its samples. The checksums of tar headers
// are set right first: a fuzzer cannot guess them.

#include <string>

#include "encoding/shard_error.h"
#include "fuzz_input.h"
#include "shards/shard_catalog.h"
#include "shards/shard_record.h"
#include "tar_checksums.h"

using namespace mmgym;

namespace {

/// Makes the rest of the folder, and returns the path of the archive.
std::filesystem::path archive_path() {
  std::filesystem::copy(MMGYM_FUZZ_DIR "/archive_index.json", fuzz::folder() / index_name);
  return fuzz::folder() / "shard-000000.tar";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string archive(fuzz::text_of(bytes, size));
  fuzz::set_checksums(archive);
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
