#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "base/byte_sink.h"

namespace mmgym {

/// A file that appears under its name only when it is whole, and on the disk: until then it is
/// .NAME.tmp in the same folder. So whenever the program or the machine stops, what stands under a
/// final name is good.
class DurableFile {
 public:
  /// Starts the file. Throws WriteError.
  explicit DurableFile(std::filesystem::path path);

  /// Removes the file unless it was committed.
  ~DurableFile();

  DurableFile(const DurableFile&) = delete;
  DurableFile& operator=(const DurableFile&) = delete;

  ByteSink& sink() { return sink_; }

  /// Brings the bytes to the disk and gives the file its name, in place of any that had it. Throws
  /// WriteError.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  int file_descriptor_;
  FileSink sink_;
};

/// Makes or replaces a file with the given content, all or nothing. Throws WriteError.
void write_durably(const std::filesystem::path& path, std::string_view content);

/// The same for a file that another library writes, given the path of the temporary file: what
/// `write` throws goes on, and nothing is left of the file then.
void write_durably(const std::filesystem::path& path,
                   const std::function<void(const std::filesystem::path& temporary)>& write);

/// Brings a file that is whole to the disk and gives it another name in the same folder, in place
/// of any that had it. Throws WriteError, which names the new path.
void rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

/// Removes a file, if it is there, so that it stays removed. Throws WriteError.
void remove_durably(const std::filesystem::path& path);

/// The name that DurableFile gives a file of this name until it is whole.
std::string temporary_name(std::string_view name);

}  // namespace mmgym
