#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "database/gym_reader.h"
#include "database/metadata.h"
#include "database/stored_structures.h"
#include "plan/census_entry.h"

namespace mmgym {

/// A database to merge.
class Part {
 public:
  /// Throws what GymReader throws, and DatabaseError for damaged rows.
  explicit Part(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return reader_.path(); }
  const Metadata& metadata() const { return metadata_; }
  Connection& connection() { return reader_.connection(); }
  bool keeps_all() const;
  /// Throws DatabaseError if the value is not a number.
  double metadata_number(const std::string& key) const;
  std::vector<Eigen::Vector3d> neighbor_offsets_A() { return reader_.neighbor_offsets_A(); }
  double inclusion_radius_A() { return reader_.positive_metadata("atom_inclusion_radius_A"); }

  struct Input {
    std::int64_t id;
    CensusEntry entry;
    bool incomplete = false;    // zones may be missing (schema.sql)
    bool is_duplicate = false;  // of another input of the part, which has the rows
  };
  /// All inputs of the build.
  std::vector<Input> inputs();

  /// The rows of `rejected` of the input at this path.
  const std::vector<RejectedRow>& rejected(const std::string& path) const;

  StoredStructures& stored() { return stored_; }
  const StoredStructures& stored() const { return stored_; }

  /// Throws DatabaseError with the path of the part.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  GymReader reader_;
  GymReader::Snapshot snapshot_;  // the database does not change while it is merged
  Metadata metadata_;
  StoredStructures stored_;
  std::unordered_map<std::string, std::vector<RejectedRow>> rejected_;  // by path
};

/// The order in which inputs of parts are planned: that of their paths, duplicates last.
bool is_planned_before(const Part::Input& a, const Part::Input& b);

}  // namespace mmgym
