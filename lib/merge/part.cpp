#include "merge/part.h"

#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <utility>

#include "database/gym_statistics.h"
#include "database/stored_inputs.h"

namespace mmgym {

Part::Part(const std::filesystem::path& path)
    : reader_(path),
      snapshot_(reader_),
      metadata_(read_metadata(reader_.connection())),
      stored_(reader_) {
  for (RejectedRow& row : rejected_rows(reader_)) rejected_[row.path].push_back(std::move(row));
}

std::vector<Part::Input> Part::inputs() {
  std::vector<Input> inputs;
  for_each_input(reader_.connection(), [&](std::int64_t id, const InputFile& file) {
    Input& input = inputs.emplace_back();
    input.id = id;
    input.incomplete = file.incomplete;
    CensusEntry& entry = input.entry;
    entry.file.path = file.path;
    entry.file.size = file.size;
    entry.file.checksum = file.checksum;
    entry.file_name = file.name;
    entry.report_checksum = file.report_checksum;
    try {
      read_census_text(file.census, entry);
    } catch (const DatabaseError& error) {
      throw DatabaseError(path().string() + " is damaged: input " + std::to_string(id) + ": " +
                          error.what());
    }
    const auto& rows = rejected(entry.file.path);
    input.is_duplicate = !entry.unreadable && rows.size() == 1 && rows.front().stage == "read";
  });
  return inputs;
}

bool Part::keeps_all() const {
  const auto found = metadata_.find("keep_all");
  return found != metadata_.end() && found->second == "true";
}

double Part::metadata_number(const std::string& key) const {
  const auto found = metadata_.find(key);
  const nlohmann::json value = found == metadata_.end()
                                   ? nlohmann::json()
                                   : nlohmann::json::parse(found->second, nullptr, false);
  if (!value.is_number()) fail("is damaged: metadata: " + key + " is not a number");
  return value.get<double>();
}

void Part::fail(const std::string& what) const {
  throw DatabaseError(path().string() + ": " + what);
}

const std::vector<RejectedRow>& Part::rejected(const std::string& path) const {
  static const std::vector<RejectedRow> kNone;
  const auto found = rejected_.find(path);
  return found == rejected_.end() ? kNone : found->second;
}

bool is_planned_before(const Part::Input& a, const Part::Input& b) {
  return std::tie(a.is_duplicate, a.entry.file.path) < std::tie(b.is_duplicate, b.entry.file.path);
}

}  // namespace mmgym
