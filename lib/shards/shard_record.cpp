#include "shards/shard_record.h"

#include <fmt/format.h>

namespace mmgym {

std::string shard_name(std::uint64_t shard) { return fmt::format("shard-{:06}.tar", shard); }

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

}  // namespace mmgym
