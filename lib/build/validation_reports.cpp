#include "build/validation_reports.h"

#include <stdexcept>

#include "base/text.h"
#include "inputs/read_file.h"
#include "inputs/text_lines.h"
#include "structure/structure.h"

namespace mmgym {

namespace fs = std::filesystem;

ValidationReports::ValidationReports(const fs::path& folder) {
  if (!fs::is_directory(folder))
    throw InputError(folder.string() + ": no such folder; --validation needs a folder");
  for (const auto& entry :
       fs::recursive_directory_iterator(folder, fs::directory_options::follow_directory_symlink)) {
    const std::string name = lower_case(entry.path().filename().string());
    const std::size_t end = name.find("_validation.cif");
    if (end == std::string::npos || entry.is_directory()) continue;
    // Of several reports, takes the first by path, because folders are not sorted.
    auto& path = paths_[name.substr(0, end)];
    if (path.empty() || entry.path() < path) path = entry.path();
  }
  if (paths_.empty())
    throw InputError(folder.string() + ": no *_validation.cif.gz files in this folder");
}

void ValidationReports::add_to(const std::string& pdb_id, const InputLimits& limits,
                               Quality& quality, std::uint32_t& file_checksum) const {
  file_checksum = 0;
  const auto found = paths_.find(pdb_id);
  if (found == paths_.end()) return;
  try {
    std::string bytes = read_bytes(found->second, limits);
    file_checksum = checksum(bytes);
    const std::string text = decompressed(std::move(bytes), limits);
    const auto report = read_validation_report(text, found->second.filename().string(), limits);
    if (report.pdb_id != pdb_id)
      throw StructureError("is the report of " + report.pdb_id + ", not of " + pdb_id);
    add_report(report, quality);
  } catch (const InputError& error) {
    throw StructureError(found->second.string() + ": " + error.what());
  }
}

}  // namespace mmgym
