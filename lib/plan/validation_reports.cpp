#include "plan/validation_reports.h"

#include <stdexcept>

#include "base/text.h"
#include "inputs/read_file.h"
#include "inputs/text_lines.h"
#include "structure/structure.h"

namespace mmgym {

namespace fs = std::filesystem;

namespace {

std::size_t ending_of_report(const std::string& name) {
  return lower_case(name).find("_validation.cif");
}

bool is_report_name(const std::string& name) { return ending_of_report(name) != std::string::npos; }

}  // namespace

ValidationReports::ValidationReports(const fs::path& folder, const OnRemark& on_remark) {
  if (std::error_code error; !fs::is_directory(folder, error))
    throw InputError(folder.string() + ": no such folder; --validation needs a folder");
  for (const auto& path : search_folder(folder, is_report_name, on_remark)) {
    const std::string name = path.filename().string();
    // Of several reports, takes the first by path.
    paths_.emplace(lower_case(name).substr(0, ending_of_report(name)), path);
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
