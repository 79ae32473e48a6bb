// The .npy files of a sample. The first byte chooses the encoding; each 0xFF 0xFE begins the next
// file.

#include <map>
#include <string>
#include <vector>

#include "encoding/gzip.h"
#include "encoding/npy.h"
#include "encoding/shard_error.h"
#include "encoding/stored_atoms.h"
#include "encoding/stored_images.h"
#include "fuzz_input.h"

using namespace mmgym;

namespace {

std::vector<std::vector<std::byte>> files_in(std::string_view text, std::size_t count) {
  std::vector<std::vector<std::byte>> files;
  while (files.size() < count) {
    const std::size_t end = std::min(text.find("\xFF\xFE"), text.size());
    const auto bytes = std::as_bytes(std::span(text.substr(0, end)));
    files.emplace_back(bytes.begin(), bytes.end());
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return files;
}

void read_atoms(std::string_view text) {
  const auto files = files_in(text, 4);
  ImageParams params;
  params.grid = Grid{4, 1.0};
  params.channels = 2;
  const auto images = images_of_stored_atoms({{"xyz.npy", files[0]},
                                              {"channel.npy", files[1]},
                                              {"weight.npy", files[2]},
                                              {"view.npy", files[3]}},
                                             params, 0.75, 2);
  fuzz::require(images.size() == 2 * params.image_size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = fuzz::text_of(bytes + 1, size - 1);
  const std::vector<std::uint64_t> shape = {2, 2, 4, 4, 4};
  try {
    switch (bytes[0] % 4) {
      case 0:
        fuzz::require(stored_images({{"npy", files_in(text, 1)[0]}}, shape).size() == 256);
        break;
      case 1: {
        const auto files = files_in(text, 2);
        fuzz::require(stored_images({{"idx.npy", files[0]}, {"val.npy", files[1]}}, shape).size() ==
                      256);
        break;
      }
      case 2:
        read_atoms(text);
        break;
      default:
        fuzz::require(gunzip(std::as_bytes(std::span(text)), 1 << 20).size() <= 1 << 20);
    }
  } catch (const ShardError&) {
  }
  return 0;
}
