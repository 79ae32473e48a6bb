#include "shards/shard_record.h"

#include <fmt/format.h>

#include "base/text.h"

namespace mmgym {

std::string shard_name(std::uint64_t shard) { return fmt::format("shard-{:06}.tar", shard); }

std::string progress_name_of(const Share& share) {
  return share.is_all() ? progress_name
                        : fmt::format("progress-{}-{}.jsonl", share.number, share.count);
}

bool is_progress_name(std::string_view file_name) {
  return file_name == progress_name ||
         (file_name.starts_with("progress-") && file_name.ends_with(".jsonl"));
}

bool is_shard_name(std::string_view file_name) {
  constexpr std::string_view prefix = "shard-";
  constexpr std::string_view suffix = ".tar";
  if (file_name.size() < prefix.size() + 6 + suffix.size() || !file_name.starts_with(prefix) ||
      !file_name.ends_with(suffix))
    return false;
  file_name.remove_prefix(prefix.size());
  file_name.remove_suffix(suffix.size());
  return file_name.find_first_not_of("0123456789") == std::string_view::npos;
}

std::uint64_t shard_number(std::string_view file_name) {
  std::uint64_t number = 0;
  const std::size_t first = file_name.find('-') + 1;
  parse_number(file_name.substr(first, file_name.find('.') - first), number);
  return number;
}

}  // namespace mmgym
