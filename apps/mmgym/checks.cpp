#include "checks.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <stdexcept>

#include "base/errors.h"

namespace mmgym {

CLI::Validator whole_number_from(std::uint64_t least) {
  return CLI::Validator(
      [least](std::string& text) {
        std::uint64_t value = 0;
        const char* end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data(), end, value);
        if (error == std::errc() && rest == end && value >= least) return std::string();
        return fmt::format("'{}' is not a whole number from {} on", text, least);
      },
      "");
}

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
    throw DataError(path +
                    ": no such file or folder; 'mmgym build-db' makes a database, and "
                    "'mmgym sample' a folder of shards");
  if (place.extension() == ".tar" || place.filename() == "index.json")
    throw UsageError(path + ": part of a folder of shards; give the folder");
  return false;
}

void check_has_folder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder))
    throw UsageError(path + ": there is no folder " + folder.string() +
                     "; make it, or give another place");
}

}  // namespace mmgym
