#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

namespace mmgym {

/// What tells one file from another.
struct EntryFile {
  std::string path;         // for messages
  std::string id;           // from the content or the name of the file (StructureFacts::pdb_id)
  bool has_own_id = false;  // the content has an id
  std::uint64_t size = 0;   // bytes on disk
  std::uint32_t checksum = 0;
  std::string revision_date = {};  // StructureFacts::revision_date
};

/// Gives every entry of many files an id that no other has, in the order of the files. Programs
/// write the same id into all of their files ("model"), so an id that is taken is replaced by the
/// name of the file. Two files are the same entry if they have the same bytes, or the same id in
/// the content and the same name up to the first dot.
class EntryIds {
 public:
  struct Result {
    std::string id;
    std::string same_as;  // the path of an earlier file with the same entry; empty if there is none
    bool is_copy = false;         // that file has the same bytes
    std::string newer_date = {};  // of the revision of that file, if it is newer
  };
  Result add(const EntryFile& file);

  bool contains(const std::string& id) const { return entries_.contains(id); }

  /// Returns a remark about the files whose ids are not from their content, "" if there are none.
  std::string remark() const;

 private:
  struct Entry {
    std::string path;
    bool has_own_id;
    std::string revision_date;
  };
  std::string free_id(const std::string& stem);

  std::unordered_map<std::string, Entry> entries_;  // by id
  std::map<std::pair<std::uint64_t, std::uint32_t>, std::string> id_of_content_;
  std::unordered_map<std::string, std::size_t> next_number_;  // by name of files
  std::size_t renamed_ = 0;
  std::string examples_;
};

}  // namespace mmgym
