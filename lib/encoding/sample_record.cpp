#include "encoding/sample_record.h"

#include <fmt/format.h>

namespace mmgym {

ChannelSum& ChannelSum::operator+=(const ChannelSum& other) {
  count += other.count;
  sum += other.sum;
  sum_of_squares += other.sum_of_squares;
  return *this;
}

std::string sample_key(std::uint64_t index) { return fmt::format("{:012}", index); }

}  // namespace mmgym
