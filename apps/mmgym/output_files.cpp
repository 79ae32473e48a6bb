#include "output_files.h"

#include "base/errors.h"

namespace mmgym {

void OutputFiles::setup(CLI::App& app) {
  app.add_flag("--force", force_, "Replace existing files when the new ones are complete");
}

void OutputFiles::check(const std::filesystem::path& path) const {
  std::error_code error;
  // A file whose status is unknown must not be taken for a missing one.
  const auto known = [&](const std::filesystem::file_status& status) {
    if (!std::filesystem::status_known(status))
      throw_write_error(error.value(), "cannot write " + path.string());
    return status;
  };
  const auto folder = path.parent_path();
  if (!folder.empty() &&
      !std::filesystem::is_directory(known(std::filesystem::status(folder, error))))
    throw UsageError(path.string() + ": there is no folder " + folder.string() +
                     "; create it or give another path");
  const auto link = known(std::filesystem::symlink_status(path, error));
  if (!std::filesystem::exists(link)) return;
  const auto file = known(std::filesystem::status(path, error));
  if (std::filesystem::is_directory(file))
    throw DataError(path.string() + ": is a folder; give the name of a file");
  if (std::filesystem::exists(file) && !std::filesystem::is_regular_file(file))
    throw DataError(path.string() + ": is not a regular file; give the name of a file");
  if (!force_) throw DataError(path.string() + ": exists; --force replaces it");
}

}  // namespace mmgym
