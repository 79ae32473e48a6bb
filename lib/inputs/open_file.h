#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace mmgym {

/// A file that is open for reading, which the destructor closes. Errors are those of
/// throw_read_error(), without retries: MachineError, or InputError whose message lacks the path.
class OpenFile {
 public:
  enum class Allowed { regular_files, pipes_too };

  /// Throws InputError also for a folder, and for what is not allowed. Waits for nobody, unless
  /// pipes are allowed.
  explicit OpenFile(const std::filesystem::path& path, Allowed allowed = Allowed::regular_files);
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  const struct stat& status() const { return status_; }
  /// Bytes, as of opening.
  std::uint64_t size() const;

  /// Reads the next bytes. Returns their number, which is 0 only at the end.
  std::size_t read(char* to, std::size_t size) const;
  /// Reads bytes at an offset. Returns their number, which is 0 only at the end. Regular files
  /// only.
  std::size_t read_at(std::uint64_t offset, char* to, std::size_t size) const;

 private:
  std::filesystem::path path_;
  int descriptor_;
  struct stat status_ {};
};

}  // namespace mmgym
