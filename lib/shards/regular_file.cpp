#include "shards/regular_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "encoding/shard_error.h"

namespace mmgym {

std::ifstream open_regular_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw ShardError(path.string() + ": is not a regular file");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ShardError(path.string() + ": cannot be opened: " + std::strerror(errno));
  return file;
}

std::string read_regular_file(const std::filesystem::path& path, std::uint64_t most) {
  std::ifstream file = open_regular_file(path);
  const std::uint64_t size = std::filesystem::file_size(path);
  if (size > most)
    throw ShardError(
        fmt::format("{}: has {} bytes; at most {} are read", path.string(), size, most));
  std::string content(size, '\0');
  file.read(content.data(), static_cast<std::streamsize>(size));
  if (!file) throw ShardError(path.string() + ": cannot be read");
  return content;
}

}  // namespace mmgym
