#include "shards/regular_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "base/errors.h"
#include "encoding/shard_error.h"

namespace mmgym {
namespace {

[[noreturn]] void fail_to(int error_number, const std::filesystem::path& path, const char* done) {
  throw MachineError({error_number, std::generic_category()},
                     path.string() + ": cannot be " + done);
}

}  // namespace

std::ifstream open_regular_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw ShardError(path.string() + ": is not a regular file");
  std::ifstream file(path, std::ios::binary);
  if (!file && is_machine_failure(errno)) fail_to(errno, path, "opened");
  if (!file)
    throw ShardError(path.string() +
                     ": cannot be opened: " + std::generic_category().message(errno));
  return file;
}

void require_read(const std::ifstream& file, const std::filesystem::path& path) {
  if (file.bad()) fail_to(errno == 0 ? EIO : errno, path, "read");
}

std::string read_regular_file(const std::filesystem::path& path, std::uint64_t most) {
  std::ifstream file = open_regular_file(path);
  const std::uint64_t size = std::filesystem::file_size(path);
  if (size > most)
    throw ShardError(
        fmt::format("{}: has {} bytes; at most {} are read", path.string(), size, most));
  std::string content(size, '\0');
  file.read(content.data(), static_cast<std::streamsize>(size));
  require_read(file, path);
  if (!file) throw ShardError(path.string() + ": cannot be read");
  return content;
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  try {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      files.push_back(entry.path());
    return files;
  } catch (const std::filesystem::filesystem_error& error) {
    fail_to(error.code().value(), folder, "read");
  }
}

}  // namespace mmgym
