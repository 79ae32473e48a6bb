#include "checks.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/errors.h"

namespace mmgym {

CLI::Validator name_that_ends_in(const std::string& ending) {
  return CLI::Validator(
      [ending](std::string& text) {
        if (std::filesystem::path(text).extension() == ending) return std::string();
        return fmt::format("'{}' does not end in {}", text, ending);
      },
      "");
}

bool means_shards(const std::string& path) {
  const std::filesystem::path place(path);
  if (std::filesystem::is_directory(place)) return true;
  if (!std::filesystem::exists(place))
    throw DataError(
        path +
        ": no such file or folder; make a database with 'mmgym build-db', or a folder of "
        "shards with 'mmgym sample'");
  if (place.extension() == ".tar" || place.filename() == "index.json")
    throw UsageError(path + ": is part of a folder of shards; give the folder");
  return false;
}

}  // namespace mmgym
