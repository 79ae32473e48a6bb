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

/// A file that goes into a database. Its size tells when it is no longer the same.
struct InputFile {
  std::string path;
  std::uint64_t size = 0;  // in bytes
};

/// What becomes of an input file: rows to write, or the reasons why there are none.
struct InputOutcome {
  std::string pdb_id;  // empty where it could not be read so far
  std::vector<StructureRows> structures;
  std::vector<RejectedRow> rejected;
};

/// Writes a gym database to FILE.partial, input by input, each of them as a whole or not at all;
/// FILE itself appears when everything is in it. Killed at any moment, a writer with the same
/// metadata and inputs goes on where the last one stopped, and the rows are the same in the end.
class GymWriter {
 public:
  /// Starts FILE.partial or goes on with it. Throws DatabaseError, which names what differs, if it
  /// was begun with other metadata or inputs, and if another process is writing to it.
  GymWriter(const std::filesystem::path& path, const Metadata& metadata,
            const std::vector<InputFile>& inputs,
            const std::vector<Eigen::Vector3d>& neighbor_offsets_A);
  ~GymWriter();
  GymWriter(const GymWriter&) = delete;
  GymWriter& operator=(const GymWriter&) = delete;

  /// Inputs that are written, from the first on. The next one to write is this.
  std::size_t inputs_done() const { return inputs_done_; }

  /// Writes the next input. If a structure with its PDB id came before, it is rejected instead.
  /// Returns the rejections as they were written.
  std::vector<RejectedRow> write(InputOutcome outcome);

  const GymCounts& counts() const { return counts_; }

  /// What zones hold that are written.
  std::vector<WrittenSubchains> written_subchains();

  /// Builds indexes and statistics, then gives the file its name. All inputs must be written.
  void finish();

  /// Removes the partial file, for a build that is not worth keeping.
  void discard();

 private:
  void begin(const Metadata& metadata, const std::vector<InputFile>& inputs,
             const std::vector<Eigen::Vector3d>& neighbor_offsets_A);
  void require_same(const Metadata& metadata, const std::vector<InputFile>& inputs);
  void write_structure(const StructureRows& structure);
  void write_assembly(std::int64_t structure_id, const AssemblyRows& assembly);

  std::filesystem::path path_;
  std::filesystem::path partial_path_;
  std::size_t inputs_done_ = 0;
  GymCounts counts_;
  Connection connection_;
  struct Statements;
  std::unique_ptr<Statements> statements_;
};

}  // namespace mmgym
