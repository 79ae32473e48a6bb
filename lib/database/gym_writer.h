#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "database/gym_counts.h"
#include "database/metadata.h"
#include "database/rows.h"
#include "database/sqlite.h"

namespace mmgym {

/// The application_id of a gym database: "mmgy".
inline constexpr int kApplicationId = 0x6d6d6779;
inline constexpr int kSchemaVersion = 5;

/// An input file of a build: the facts on which its rows depend.
struct InputFile {
  std::string name;        // without the folder, printable()
  std::uint64_t size = 0;  // in bytes
  /// CRC-32 of the file and of its validation report; 0 if there is none.
  std::uint32_t checksum = 0;
  std::uint32_t report_checksum = 0;
  std::string path = {};    // for information
  std::string census = {};  // what is stored for merge_databases()
  bool incomplete = false;  // zones may be missing (schema.sql); set when the outcome is written
};

/// The result for an input file: rows to write, or the reasons why it has none.
struct InputOutcome {
  std::vector<StructureRows> structures;
  std::vector<RejectedRow> rejected;
  bool incomplete = false;  // zones may be missing
};

/// Writes a gym database to FILE.partial, one transaction per input. FILE appears when it is
/// complete. If the process is killed, a new writer with the same metadata and inputs continues the
/// build, and the finished rows are the same.
class GymWriter {
 public:
  /// Opens or creates FILE.partial and locks it. Metadata 'written_by' is for information: it may
  /// differ from the earlier value, and finish() stores the new one. Throws WriteError if FILE
  /// cannot be created in its folder. Throws DatabaseError if FILE.partial is not a build in
  /// progress, was begun with other metadata (the message lists the differences), or is in use.
  GymWriter(const std::filesystem::path& path, Metadata metadata);

  /// Removes FILE.partial if no build was begun.
  ~GymWriter();
  GymWriter(const GymWriter&) = delete;
  GymWriter& operator=(const GymWriter&) = delete;

  /// Begins or continues the build. Call it once, before all functions below. Throws DatabaseError,
  /// which names the difference, if the build was begun with other inputs.
  void begin(const std::vector<InputFile>& inputs,
             const std::vector<Eigen::Vector3d>& neighbor_offsets_A);

  /// The number of inputs written, which is the index of the next one.
  std::size_t inputs_done() const { return inputs_done_; }

  /// Writes the next input, all of it or nothing. If a row is refused because of its content, it
  /// throws RefusedRow, and the same input can be written again with another outcome.
  void write(const InputOutcome& outcome);

  const GymCounts& counts() const { return counts_; }

  /// The database. Changes of tables that this class does not write can be committed before
  /// finish().
  Connection& connection() { return connection_; }

  /// Builds indexes and statistics, then renames FILE.partial to FILE. All inputs must be written.
  /// Throws WriteError if the file cannot be synced or renamed.
  void finish();

  /// Removes FILE.partial, for a build that is not worth keeping.
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
  bool begun_ = false;  // the file contains a build
  struct Statements;
  std::unique_ptr<Statements> statements_;
};

}  // namespace mmgym
