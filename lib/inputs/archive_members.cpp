#include "inputs/archive_members.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "base/errors.h"
#include "base/retries.h"
#include "base/stop_signal.h"
#include "base/text.h"
#include "inputs/open_file.h"
#include "inputs/tar_headers.h"

namespace mmgym {
namespace {

constexpr std::size_t kMostNameBytes = 4096;  // as in the system

struct MemberName {
  std::string name;         // "ab/1abc.cif" of "/./ab//1abc.cif"
  bool has_parent = false;  // a part is ".."
};

MemberName member_name(std::string_view stored) {
  MemberName result;
  while (!stored.empty()) {
    const std::size_t end = std::min(stored.find('/'), stored.size());
    const std::string_view part = stored.substr(0, end);
    stored.remove_prefix(std::min(end + 1, stored.size()));
    if (part.empty() || part == ".") continue;
    result.has_parent = result.has_parent || part == "..";
    if (!result.name.empty()) result.name += '/';
    result.name += part;
  }
  return result;
}

/// The order of paths, in which "a/b" is before "a.cif", without their memory.
bool is_before(const std::string& a, const std::string& b) {
  const auto place = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c); };
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(),
      [&place](char left, char right) { return place(left) < place(right); });
}

bool is_compressed_archive(const OpenFile& file) {
  constexpr std::array<std::string_view, 4> kBegins = {"\x1f\x8b", "\x28\xb5\x2f\xfd", "BZh",
                                                       "\xfd"
                                                       "7zXZ"};
  std::string begin(8, '\0');
  with_retries([&] { file.read_at(0, begin.data(), begin.size()); });
  return std::any_of(kBegins.begin(), kBegins.end(),
                     [&begin](const auto& known) { return begin.starts_with(known); });
}

/// Whether there is something after the end mark that is not padding. Blocks of zeros in the middle
/// look like an end mark, and so does the end of an archive that has another appended.
bool has_content_at(const OpenFile& file, std::uint64_t offset) {
  constexpr std::size_t kMostPadding = std::size_t{1} << 20;
  std::string bytes(
      std::min<std::uint64_t>(kMostPadding, file.size() - std::min(file.size(), offset)), '\0');
  with_retries([&] { file.read_at(offset, bytes.data(), bytes.size()); });
  return bytes.find_first_not_of('\0') != std::string::npos;
}

/// Lists the members of one archive.
class MemberList {
 public:
  MemberList(const std::filesystem::path& path,
             const std::function<bool(const std::string&)>& is_wanted, const OnRemark& on_remark)
      : path_(path), is_wanted_(is_wanted), on_remark_(on_remark) {}

  std::vector<InputSource> read() {
    std::unique_ptr<const OpenFile> file;
    with_retries([&] { file = std::make_unique<const OpenFile>(path_); });
    archive_ = std::make_shared<const InputArchive>(path_, file->status());
    if (file->size() == 0) throw InputError("is empty; an archive has at least an end mark");
    if (is_compressed_archive(*file)) throw InputError(kCompressedArchive);
    TarHeaders headers(*file);
    while (const auto header = headers.next()) {
      throw_if_stopped();
      add(*header, headers);
      ++count_;
    }
    find_losses(*file, headers);
    sort();
    return std::move(members_);
  }

 private:
  void add(const TarHeader& header, const TarHeaders& headers) {
    using Kind = TarHeader::Kind;
    if (header.kind == Kind::folder) return;
    auto [name, has_parent] = member_name(header.name);
    if (name.empty())
      return lose("has a member without a name at byte " + std::to_string(header.offset));
    if (!is_wanted_(name.substr(name.rfind('/') + 1))) return;
    if (name.size() > kMostNameBytes)
      return lose("has a member with a name of " + std::to_string(name.size()) +
                  " bytes: " + shortened(name));
    InputSource source(archive_, std::move(name), {header.offset, header.size});
    const auto refuse = [&source](const char* reason) { source = source.refused(reason); };
    if (has_parent)
      refuse("the name has '..'");
    else if (header.kind == Kind::link)
      refuse("is a link in the archive");
    else if (header.kind == Kind::other)
      refuse("is not a regular file");
    else if (header.kind == Kind::sparse)
      refuse("is a sparse file in the archive");
    else if (headers.is_cut()) {
      refuse("the archive is cut short within this member");
      is_loss_listed_ = true;
    }
    members_.push_back(std::move(source));
  }

  /// Adds a row for the archive.
  void lose(const std::string& reason) { losses_.push_back(InputSource(path_).refused(reason)); }

  void find_losses(const OpenFile& file, const TarHeaders& headers) {
    const std::string at = " at byte " + std::to_string(headers.position());
    if (!headers.damage().empty()) {
      if (count_ == 0 && headers.position() == 0) throw InputError("is not a tar archive");
      if (is_loss_listed_) return;
      const std::size_t whole = count_ - (headers.is_cut() ? 1 : 0);
      lose(headers.damage() + "," + at + "; what follows its first " + std::to_string(whole) +
           " members is lost");
    } else if (!headers.has_end_mark()) {
      on_remark_(path_.string() + ": has no end mark; if it was cut short, members are lost");
    } else if (has_content_at(file, headers.position())) {
      lose("has an end mark before its end," + at + "; what follows is lost");
    }
  }

  void sort() {
    std::stable_sort(members_.begin(), members_.end(), [](const auto& a, const auto& b) {
      return is_before(a.name_in_archive(), b.name_in_archive());
    });
    const auto is_replaced = [](const InputSource& a, const InputSource& b) {
      return a.name_in_archive() == b.name_in_archive();
    };
    std::size_t kept = 0;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (kept > 0 && is_replaced(members_[kept - 1], members_[i])) {
        on_remark_(members_[i].name() + ": is in the archive more than once; the last is used");
        --kept;
      }
      if (kept != i) members_[kept] = std::move(members_[i]);
      ++kept;
    }
    members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(kept), members_.end());
    std::move(losses_.begin(), losses_.end(), std::back_inserter(members_));
  }

  const std::filesystem::path& path_;
  const std::function<bool(const std::string&)>& is_wanted_;
  const OnRemark& on_remark_;
  std::shared_ptr<const InputArchive> archive_;
  std::vector<InputSource> members_;
  std::vector<InputSource> losses_;
  std::size_t count_ = 0;  // of all members
  bool is_loss_listed_ = false;
};

}  // namespace

std::vector<InputSource> archive_members(const std::filesystem::path& path,
                                         const std::function<bool(const std::string&)>& is_wanted,
                                         const OnRemark& on_remark) {
  try {
    return MemberList(path, is_wanted, on_remark).read();
  } catch (const InputError& error) {
    return {InputSource(path).refused(error.what())};
  }
}

}  // namespace mmgym
