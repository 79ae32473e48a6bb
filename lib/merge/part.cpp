#include "merge/part.h"

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
    Input& input = inputs.emplace_back(Input{id, {}});
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
  });
  return inputs;
}

const std::vector<RejectedRow>& Part::rejected(const std::string& path) const {
  static const std::vector<RejectedRow> kNone;
  const auto found = rejected_.find(path);
  return found == rejected_.end() ? kNone : found->second;
}

}  // namespace mmgym
