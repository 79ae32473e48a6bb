#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "base/byte_sink.h"

namespace mmgym {

/// A file that gets its name when it is complete and synced. Until then it is called .NAME.tmp, in
/// the same folder, and is locked. Even after a crash, a file under its final name is complete.
class DurableFile {
 public:
  /// Starts the file. Throws WriteError, or DataError if another process is writing it.
  explicit DurableFile(std::filesystem::path path);

  /// Removes the file unless it was committed.
  ~DurableFile();

  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  ByteSink& sink() { return sink_; }

  /// The path of the unfinished file, for other libraries that write to it.
  const std::filesystem::path& temporary() const { return temporary_; }

  /// Syncs the bytes to the disk and gives the file its name, replacing a file of that name. Throws
  /// WriteError.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int file_descriptor_;
  FileSink sink_;
};

/// Makes or replaces a file with the given content, all or nothing. Throws what DurableFile throws.
void write_durably(const std::filesystem::path& path, std::string_view content);

/// Makes or replaces a file that another library writes, all or nothing. `write` gets the path of
/// the temporary file, which is removed if `write` throws. Throws what DurableFile throws.
void write_durably(const std::filesystem::path& path,
                   const std::function<void(const std::filesystem::path& temporary)>& write);

/// Syncs a complete file to the disk and gives it another name in the same folder, replacing a file
/// of that name. Throws WriteError, which names the new path.
void rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

/// Removes a file, if it exists, and syncs its folder. Throws WriteError.
void remove_durably(const std::filesystem::path& path);

/// The name that DurableFile gives a file until it is complete.
std::string temporary_name(std::string_view name);

}  // namespace mmgym
