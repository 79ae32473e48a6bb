#pragma once

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
  /// Adds what the report of a structure tells, if there is one. Throws StructureError, which names
  /// the file, where it cannot be read. May be called by several threads.
  void add_to(const std::string& pdb_id, Quality& quality) const;

 private:
  std::map<std::string, std::filesystem::path> paths_;
};

}  // namespace mmgym
