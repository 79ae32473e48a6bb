#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "inputs/search_folder.h"
#include "structure/quality.h"

namespace mmgym {

/// The validation reports in a folder, by the PDB id in their file names. Each is read on demand.
class ValidationReports {
 public:
  ValidationReports() = default;
  /// Searches the folder for *_validation.cif and *_validation.cif.gz (search_folder). Throws
  /// InputError if there are none.
  ValidationReports(const std::filesystem::path& folder, const OnRemark& on_remark);

  std::size_t size() const { return paths_.size(); }
  bool has(const std::string& pdb_id) const { return paths_.contains(pdb_id); }
  /// Adds the figures of a structure's report, if there is one. Sets `file_checksum` to the
  /// checksum() of the report's bytes, 0 if they cannot be read. Throws StructureError with the
  /// file name if the report is unusable or exceeds a limit. Thread-safe.
  void add_to(const std::string& pdb_id, const InputLimits& limits, Quality& quality,
              std::uint32_t& file_checksum) const;

 private:
  std::map<std::string, std::filesystem::path> paths_;
};

}  // namespace mmgym
