#pragma once

#include <array>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "inputs/open_file.h"

struct archive;
struct archive_entry;

namespace mmgym {

/// What the headers of a member of a tar archive say.
struct TarHeader {
  std::string name;  // as stored; empty if missing
  enum class Kind { file, folder, link, sparse, other };
  Kind kind = Kind::other;
  std::uint64_t offset = 0;  // of its bytes in the archive
  std::uint64_t size = 0;    // bytes
};

/// Reads the headers of the members of a tar archive, one after the other, and skips their bytes.
/// Uses libarchive, with its reader of tar only. Takes little memory, whatever the archive
/// contains.
class TarHeaders {
 public:
  /// The file must outlive this.
  explicit TarHeaders(const OpenFile& file);
  ~TarHeaders();
  TarHeaders(const TarHeaders&) = delete;
  TarHeaders& operator=(const TarHeaders&) = delete;

  /// Returns the next member, or nothing at the end and after a damage. Throws MachineError if the
  /// machine fails several times.
  std::optional<TarHeader> next();

  /// Why there are no more members, if that is a damage; empty otherwise.
  const std::string& damage() const { return damage_; }
  /// Whether the member that next() has returned last is not complete. There is a damage, too.
  bool is_cut() const { return is_cut_; }
  /// Whether next() has found the mark at the end of the archive.
  bool has_end_mark() const { return has_end_mark_; }
  /// The offset up to which the archive has been understood.
  std::uint64_t position() const { return position_; }

 private:
  static ssize_t read(archive* reader, void* headers, const void** bytes);
  static std::int64_t skip(archive* reader, void* headers, std::int64_t size);
  void fail(const std::string& action);

  const OpenFile& file_;
  std::unique_ptr<archive, int (*)(archive*)> reader_;
  std::array<char, 16384> block_;   // of which a header usually needs 512 bytes
  std::uint64_t next_byte_ = 0;     // to read for libarchive
  std::uint64_t header_bytes_ = 0;  // read for the current member
  std::exception_ptr failure_;      // of the machine
  std::string damage_;
  bool is_cut_ = false;
  bool has_end_mark_ = false;
  std::uint64_t position_ = 0;
};

}  // namespace mmgym
