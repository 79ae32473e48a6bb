// One whole sample, byte for byte, in every encoding. Samples must be the same on every machine,
// with any compiler and instruction set. If a change of the bytes is intended, the messages of the
// failed checks show the new sums.

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/md5.h"
#include "build_gym.h"
#include "catch.h"
#include "encoding/encode_sample.h"
#include "encoding/gzip.h"
#include "sampling/sample_maker.h"
#include "sampling/zone_choice.h"
#include "temporary_folder.h"
#include "voxel/simd.h"

using namespace mmgym;

namespace {

using Sums = std::map<std::string, std::string>;  // MD5 sums of members, by extension

struct Expected {
  Encoding encoding;
  Dtype dtype;
  Sums images;
};

const std::vector<Expected> kExpected = {
    {Encoding::dense, Dtype::float32, {{"npy", "bdfb2f65fcf25e6e0a7212b10338aa9f"}}},
    {Encoding::dense, Dtype::float16, {{"npy", "d022075625f4ece5b59c47a0d49f87e7"}}},
    {Encoding::sparse,
     Dtype::float32,
     {{"idx.npy", "5b53017bf5562f7ba7ac1dc361884072"},
      {"val.npy", "d64dcb28caf7e94c8c8c0f4050added4"}}},
    {Encoding::sparse,
     Dtype::float16,
     {{"idx.npy", "5b53017bf5562f7ba7ac1dc361884072"},
      {"val.npy", "0ad15a7fd2bf52887580792b72dfeabc"}}},
    {Encoding::atoms,
     Dtype::float32,
     {{"channel.npy", "e110ec4ca35eeb3c3e2e6f722141cd11"},
      {"view.npy", "a1e78e6e2fe583f032b706f761f43b0b"},
      {"weight.npy", "ae5b9e4f37c08569b0ee8be5a556ff64"},
      {"xyz.npy", "7bac5c4cd4845d8aaaa26ffa65561a38"}}},
};
const Sums kFacts = {{"cls", "eccbc87e4b5ce2fe28308fd9f2a7baf3"},
                     {"json", "bda3bbbc331932c885a3ba08c1621542"}};

/// Decompresses members first: the bytes of gzip files differ between versions of libdeflate.
Sums sums_of(const SampleRecord& record) {
  Sums sums;
  for (const SampleMember& member : record.members) {
    std::vector<std::byte> content;
    for (const OwnedBytes& part : member.parts)
      content.insert(content.end(), part.view().begin(), part.view().end());
    std::string extension = member.extension;
    if (extension.ends_with(".gz")) {
      extension.resize(extension.size() - 3);
      content = gunzip(content, 1 << 30);
    }
    Md5 sum;
    sum.update(content);
    sums[extension] = sum.hex();
  }
  return sums;
}

std::string text_of(const Sums& sums) {
  std::string text;
  for (const auto& [extension, sum] : sums) text += extension + " " + sum + "\n";
  return text;
}

}  // namespace

TEST_CASE(
    "A sample is the same bytes on every machine, in every encoding and on every SIMD target") {
  const testing::TemporaryFolder folder;
  const auto database = testing::build_gym(folder, {"2xhe"});
  GymReader reader(database);
  const auto zones = choose_zones(reader, "");
  SampleParameters parameters = preset("24A");
  parameters.with_atom_list = true;
  for (const auto& target : simd_targets()) {
    use_simd_target(target);
    SampleMaker maker(database, zones, parameters);
    const auto sample = std::make_shared<Sample>();
    for (const Expected& expected : kExpected)
      for (const Compression compression : {Compression::none, Compression::gzip}) {
        SampleEncoder encoder(parameters, maker.channels(),
                              {expected.dtype, compression, expected.encoding}, false);
        Sums sums = expected.images;
        sums.insert(kFacts.begin(), kFacts.end());
        INFO(target << ", " << name_of(expected.encoding) << ", " << name_of(expected.dtype) << ", "
                    << name_of(compression));
        maker.make(0, *sample);
        CHECK(text_of(sums_of(encoder.encode(sample))) == text_of(sums));
      }
  }
  use_simd_target("");
}
