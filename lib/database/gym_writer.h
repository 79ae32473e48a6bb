#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "database/gym_counts.h"
#include "database/rows.h"
#include "database/sqlite.h"

namespace mmgym {

/// Marks an SQLite file as ours ("mmgy"), in its application_id.
inline constexpr int kApplicationId = 0x6d6d6779;
inline constexpr int kSchemaVersion = 2;

/// Values are JSON texts.
using Metadata = std::map<std::string, std::string>;

/// A file that goes into a database, by what its rows depend on.
struct InputFile {
  std::string name;        // without the folder
  std::uint64_t size = 0;  // in bytes
  /// CRC-32 of the file's bytes, and of its validation report's; 0 where there are none.
  std::uint32_t checksum = 0;
  std::uint32_t report_checksum = 0;

  bool operator==(const InputFile&) const = default;
};

/// What becomes of an input file: rows to write, or the reasons why there are none.
struct InputOutcome {
  std::vector<StructureRows> structures;
  std::vector<RejectedRow> rejected;
};

/// Writes a gym database to FILE.partial, input by input, each of them as a whole or not at all;
/// FILE itself appears when everything is in it. Killed at any moment, a writer with the same
/// metadata and inputs goes on where the last one stopped, and the rows are the same in the end.
class GymWriter {
 public:
  /// Opens FILE.partial, or makes it, and keeps other processes out. Metadata 'written_by' is for
  /// information: it may differ from that of the build so far, and replaces it at the end. Throws
  /// WriteError if FILE cannot be made in its folder, and DatabaseError if FILE.partial is no build
  /// in progress, was begun with other metadata (naming what differs), or is in use.
  GymWriter(const std::filesystem::path& path, Metadata metadata);

  /// Removes a partial file that no build was begun in.
  ~GymWriter();
  GymWriter(const GymWriter&) = delete;
  GymWriter& operator=(const GymWriter&) = delete;

  /// Begins the build or goes on with it. To be called once, before all that follows. Throws
  /// DatabaseError, which names what differs, if the build was begun with other inputs.
  void begin(const std::vector<InputFile>& inputs,
             const std::vector<Eigen::Vector3d>& neighbor_offsets_A);

  /// Inputs that are written, from the first on. The next one to write is this.
  std::size_t inputs_done() const { return inputs_done_; }

  /// Writes the next input.
  void write(const InputOutcome& outcome);

  const GymCounts& counts() const { return counts_; }

  /// What zones hold that are written.
  std::vector<WrittenSubchains> written_subchains();

  /// Builds indexes and statistics, then gives the file its name. All inputs must be written.
  /// Throws WriteError if the file cannot be brought to the disk or renamed.
  void finish();

  /// Removes the partial file, for a build that is not worth keeping.
  void discard();

 private:
  void start(const std::vector<InputFile>& inputs,
             const std::vector<Eigen::Vector3d>& neighbor_offsets_A);
  void require_same_metadata();
  void require_same_inputs(const std::vector<InputFile>& inputs);
  [[noreturn]] void refuse(const std::string& differences) const;
  void write_structure(const StructureRows& structure);
  void write_assembly(std::int64_t structure_id, const AssemblyRows& assembly);

  std::filesystem::path path_;
  std::filesystem::path partial_path_;
  Metadata metadata_;
  std::size_t inputs_done_ = 0;
  GymCounts counts_;
  Connection connection_;
  bool begun_ = false;  // the file holds a build
  struct Statements;
  std::unique_ptr<Statements> statements_;
};

}  // namespace mmgym
