#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "structure/quality.h"

namespace mmgym {

/// The validation reports in a folder, by the PDB id that begins their file names. Each is read
/// when it is asked for.
class ValidationReports {
 public:
  ValidationReports() = default;
  /// Searches the folder, and those in it, for *_validation.cif and *_validation.cif.gz. Throws
  /// InputError if there are none.
  explicit ValidationReports(const std::filesystem::path& folder);

  std::size_t size() const { return paths_.size(); }
  bool has(const std::string& pdb_id) const { return paths_.contains(pdb_id); }
  /// Adds the figures of a structure's report, if there is one. Sets `file_checksum` (see
  /// checksum()) as soon as the report's bytes are read, and to 0 if there are none. Throws
  /// StructureError, which names the file, where it cannot be read. May be called by several
  /// threads.
  void add_to(const std::string& pdb_id, Quality& quality, std::uint32_t& file_checksum) const;

 private:
  std::map<std::string, std::filesystem::path> paths_;
};

}  // namespace mmgym
