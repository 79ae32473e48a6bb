#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/errors.h"

namespace mmgym {

/// An archive was changed, replaced or removed after its members were listed. No member is at
/// fault: the run stops with status 1, and the same command starts again with the archive as it is
/// then.
class ArchiveChanged : public Error {
 public:
  using Error::Error;
};

/// A tar archive, as it was when its members were listed. Places of members are valid only in it.
class InputArchive {
 public:
  InputArchive(std::filesystem::path path, const struct stat& status);

  const std::filesystem::path& path() const { return path_; }
  /// Throws ArchiveChanged if this is the status of another file, or of one written to since.
  void check_unchanged(const struct stat& status) const;

 private:
  std::filesystem::path path_;
  dev_t device_;
  ino_t inode_;
  off_t size_;
  timespec written_;
};

/// Where the bytes of one input are: in a file, or in a member of a tar archive. Some inputs are
/// found but cannot be used, such as a link in an archive; they are listed with the reason, so that
/// they are rejected like a file that cannot be read. Small, because there can be millions.
class InputSource {
 public:
  /// A file. Not explicit: a path is an input.
  InputSource(const std::filesystem::path& file);

  /// The bytes of a member, without its header.
  struct Place {
    std::uint64_t offset = 0;  // in the archive
    std::uint64_t size = 0;    // bytes
  };
  /// A member. Its name is relative, with '/' between its parts.
  InputSource(std::shared_ptr<const InputArchive> archive, std::string name, Place place);

  /// The same input, which cannot be used.
  InputSource refused(const std::string& reason) const;

  /// The path of the file, or of the archive with the name of the member:
  /// "in/archive.tar/ab/1abc.cif.gz". As in the system: pass it through printable() to show it.
  std::string name() const;
  /// The last part of the name.
  std::string file_name() const;

  /// The name of a member within its archive.
  const std::string& name_in_archive() const { return name_; }
  /// Null for a file.
  const InputArchive* archive() const { return archive_.get(); }
  /// Of a member.
  const Place& place() const { return place_; }
  /// Null if the input can be used, as far as is known without its bytes.
  const std::string* reason() const { return reason_.get(); }

 private:
  std::shared_ptr<const InputArchive> archive_;  // shared by all members
  std::string name_;
  Place place_;
  std::shared_ptr<const std::string> reason_;
};

}  // namespace mmgym
