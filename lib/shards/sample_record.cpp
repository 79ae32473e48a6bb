#include "shards/sample_record.h"

#include <fmt/format.h>

namespace mmgym {

ChannelSum& ChannelSum::operator+=(const ChannelSum& other) {
  count += other.count;
  sum += other.sum;
  sum_of_squares += other.sum_of_squares;
  return *this;
}

std::string sample_key(std::uint64_t index) { return fmt::format("{:012}", index); }

void write_sample(TarWriter& tar, const SampleRecord& sample) {
  const std::string key = sample_key(sample.index);
  std::vector<TarFile> files;
  files.reserve(sample.members.size());
  for (const SampleMember& member : sample.members)
    files.push_back({key + '.' + member.extension, member.parts});
  tar.add(files);
}

}  // namespace mmgym
