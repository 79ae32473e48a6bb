// A tar archive as an input of build-db. The checksums of its headers are set right first: a fuzzer
// cannot guess them.

#include <string>

#include "base/errors.h"
#include "fuzz_input.h"
#include "inputs/archive_members.h"
#include "inputs/read_file.h"
#include "tar_checksums.h"

using namespace mmgym;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string archive(fuzz::text_of(bytes, size));
  fuzz::set_checksums(archive);
  const auto path = fuzz::file_of(archive, "archive.tar");
  const auto is_wanted = [](const std::string& name) { return name.ends_with(".cif"); };
  for (const auto& member : archive_members(path, is_wanted, [](const auto&) {})) {
    try {
      const std::string content = read_bytes(member);
      // Members have their bytes from the archive, and at another place than their headers.
      fuzz::require(content.size() == member.place().size);
      fuzz::require(member.place().offset >= fuzz::kTarBlock);
      fuzz::require(content == archive.substr(member.place().offset, content.size()));
      fuzz::require(is_wanted(member.file_name()));
    } catch (const InputError&) {
    }
  }
  return 0;
}
