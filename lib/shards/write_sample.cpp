#include "shards/write_sample.h"

namespace mmgym {

void write_sample(TarWriter& tar, const SampleRecord& sample) {
  const std::string key = sample_key(sample.index);
  std::vector<TarFile> files;
  files.reserve(sample.members.size());
  for (const SampleMember& member : sample.members)
    files.push_back({key + '.' + member.extension, member.parts});
  tar.add(files);
}

}  // namespace mmgym
