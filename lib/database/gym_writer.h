#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <unordered_set>

#include "database/rows.h"
#include "database/sqlite.h"

namespace mmgym {

/// Marks an SQLite file as ours ("mmgy"), in its application_id.
inline constexpr int kApplicationId = 0x6d6d6779;
inline constexpr int kSchemaVersion = 1;

/// Values are JSON texts.
using Metadata = std::map<std::string, std::string>;

/// Writes a gym database under a temporary name beside its own, which it gets when it is whole.
class GymWriter {
 public:
  /// Starts anew, whatever an earlier writer left under the temporary name.
  GymWriter(const std::filesystem::path& path, const Metadata& metadata,
            const std::vector<Eigen::Vector3d>& neighbor_offsets_A);
  /// Removes the temporary file unless finish() was called.
  ~GymWriter();
  GymWriter(const GymWriter&) = delete;
  GymWriter& operator=(const GymWriter&) = delete;

  /// Writes a structure with all that belongs to it, or nothing. Its PDB id must be new.
  void write(const StructureRows& structure);
  void write(const RejectedRow& rejected);

  const GymCounts& counts() const { return counts_; }

  /// Builds indexes and statistics, then gives the file its name.
  void finish();

 private:
  void write_assembly(std::int64_t structure_id, const AssemblyRows& assembly);

  std::filesystem::path path_;
  std::filesystem::path partial_path_;
  bool finished_ = false;
  GymCounts counts_;
  Connection connection_;
  // Made once the schema is there.
  struct Statements;
  std::unique_ptr<Statements> statements_;
};

}  // namespace mmgym
