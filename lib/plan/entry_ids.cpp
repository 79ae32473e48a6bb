#include "plan/entry_ids.h"

#include <fmt/format.h>

#include "structure/entry_id.h"

namespace mmgym {
namespace {

constexpr std::size_t kShown = 3;  // examples in the remark

}  // namespace

EntryIds::Result EntryIds::add(const EntryFile& file) {
  const auto [content, is_new] = id_of_content_.try_emplace({file.size, file.checksum}, file.id);
  if (!is_new) return {content->second, entries_.at(content->second).path, true};

  const std::string stem = id_of_file(file.path);
  std::string id = file.id;
  if (const auto taken = entries_.find(id); taken != entries_.end()) {
    if (file.has_own_id && taken->second.has_own_id && id_of_file(taken->second.path) == stem) {
      id_of_content_.erase(content);
      const auto& [path, has_own_id, date] = taken->second;
      return {id, path, false, date > file.revision_date ? date : ""};
    }
    id = free_id(stem);
  }
  if (!file.has_own_id || id != file.id) {
    if (renamed_++ < kShown)
      examples_ += fmt::format("{}{} is {}", examples_.empty() ? "" : ", ", file.path, id);
  }
  content->second = id;
  entries_.try_emplace(id, Entry{file.path, file.has_own_id, file.revision_date});
  return {id, {}};
}

/// Returns the name of a file, with a number if it is taken: "model", "model-2".
std::string EntryIds::free_id(const std::string& stem) {
  if (!entries_.contains(stem)) return stem;
  for (std::size_t& number = next_number_.try_emplace(stem, 2).first->second;; ++number)
    if (std::string id = fmt::format("{}-{}", stem, number); !entries_.contains(id)) return id;
}

std::string EntryIds::remark() const {
  if (renamed_ == 0) return {};
  return fmt::format(
      "{} files have no id, or one that other files have, and are named after their files: {}{}",
      renamed_, examples_, renamed_ > kShown ? ", ..." : "");
}

}  // namespace mmgym
