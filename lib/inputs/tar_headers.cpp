#include "inputs/tar_headers.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <new>

#include "base/errors.h"
#include "base/retries.h"

namespace mmgym {
namespace {

constexpr std::uint64_t kTarBlock = 512;
/// libarchive keeps lists from headers in memory, such as the holes of a sparse member.
constexpr std::uint64_t kMostHeaderBytes = std::uint64_t{4} << 20;

TarHeader::Kind kind_of(archive_entry* entry) {
  using Kind = TarHeader::Kind;
  if (archive_entry_hardlink(entry) != nullptr) return Kind::link;
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
      return archive_entry_sparse_count(entry) > 0 ? Kind::sparse : Kind::file;
    case AE_IFDIR:
      return Kind::folder;
    case AE_IFLNK:
      return Kind::link;
    default:
      return Kind::other;
  }
}

std::uint64_t padded(std::uint64_t size) { return (size + kTarBlock - 1) / kTarBlock * kTarBlock; }

}  // namespace

TarHeaders::TarHeaders(const OpenFile& file)
    : file_(file), reader_(archive_read_new(), &archive_read_free) {
  if (!reader_ || archive_read_support_format_tar(reader_.get()) != ARCHIVE_OK ||
      archive_read_set_read_callback(reader_.get(), &TarHeaders::read) != ARCHIVE_OK ||
      archive_read_set_skip_callback(reader_.get(), &TarHeaders::skip) != ARCHIVE_OK ||
      archive_read_set_callback_data(reader_.get(), this) != ARCHIVE_OK)
    throw std::bad_alloc();
  if (archive_read_open1(reader_.get()) != ARCHIVE_OK) fail("cannot be read");
}

TarHeaders::~TarHeaders() = default;

ssize_t TarHeaders::read(archive* reader, void* headers, const void** bytes) {
  auto& self = *static_cast<TarHeaders*>(headers);
  *bytes = self.block_.data();
  if (self.header_bytes_ > kMostHeaderBytes) {
    archive_set_error(reader, ERANGE, "a member's headers have more than 4 MiB");
    return ARCHIVE_FATAL;
  }
  const std::uint64_t left = self.file_.size() - std::min(self.file_.size(), self.next_byte_);
  std::size_t count = 0;
  try {  // C code cannot be left by an exception
    with_retries([&] {
      count = self.file_.read_at(self.next_byte_, self.block_.data(),
                                 std::min<std::uint64_t>(self.block_.size(), left));
    });
  } catch (...) {
    self.failure_ = std::current_exception();
    archive_set_error(reader, EIO, "cannot be read");
    return ARCHIVE_FATAL;
  }
  self.next_byte_ += count;
  self.header_bytes_ += count;
  return static_cast<ssize_t>(count);
}

/// Does not skip more than there is, so that libarchive finds out when a member is cut.
std::int64_t TarHeaders::skip(archive*, void* headers, std::int64_t size) {
  auto& self = *static_cast<TarHeaders*>(headers);
  const std::uint64_t left = self.file_.size() - std::min(self.file_.size(), self.next_byte_);
  const std::uint64_t skipped =
      std::min(left, static_cast<std::uint64_t>(std::max<std::int64_t>(0, size)));
  self.next_byte_ += skipped;
  return static_cast<std::int64_t>(skipped);
}

void TarHeaders::fail(const std::string& action) {
  if (failure_) std::rethrow_exception(failure_);
  if (archive_errno(reader_.get()) == ENOMEM) throw std::bad_alloc();
  const char* reason = archive_error_string(reader_.get());
  damage_ = action + (reason == nullptr ? "" : std::string(": ") + reason);
}

std::optional<TarHeader> TarHeaders::next() {
  if (!damage_.empty() || has_end_mark_) return {};
  archive* reader = reader_.get();
  archive_entry* entry = nullptr;
  header_bytes_ = 0;
  const int result = archive_read_next_header(reader, &entry);
  if (result == ARCHIVE_EOF) {
    const auto end = static_cast<std::uint64_t>(archive_filter_bytes(reader, 0));
    has_end_mark_ = end > position_;
    position_ = end;
    return {};
  }
  // A warning is about values such as times or owners, or a name in an unusual alphabet.
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
    fail("is damaged");
    return {};
  }
  TarHeader header;
  const char* name = archive_entry_pathname(entry);
  header.name = name == nullptr ? "" : name;
  header.kind = kind_of(entry);
  header.offset = static_cast<std::uint64_t>(archive_filter_bytes(reader, 0));
  header.size = static_cast<std::uint64_t>(std::max<std::int64_t>(0, archive_entry_size(entry)));
  position_ = header.offset;
  if (archive_read_data_skip(reader) != ARCHIVE_OK) {
    fail("is cut short");
    is_cut_ = header.offset + header.size > file_.size();
    return header;
  }
  position_ = static_cast<std::uint64_t>(archive_filter_bytes(reader, 0));
  // Some sparse members have their list of holes between their header and their bytes.
  if (header.kind == TarHeader::Kind::file && position_ - header.offset != padded(header.size))
    header.kind = TarHeader::Kind::sparse;
  return header;
}

}  // namespace mmgym
