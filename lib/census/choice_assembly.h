#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "census/clusters.h"

namespace mmgym {

/// The subchains of an assembly that count for the choice of zones, sorted by id (bytewise).
/// Millions of them can be in memory, so they are small.
class ChoiceAssembly {
 public:
  struct Subchain {
    std::uint32_t number;  // index into ModelFacts::subchains and Structure::subchains
    Clusters::Id cluster;
    std::uint32_t copies;  // in the assembly
    std::uint32_t id_end;  // in ids_; set by add()
  };
  std::vector<Subchain> subchains;

  /// Adds a subchain. Throws std::logic_error if its id is not greater than the previous one.
  void add(std::string_view id, const Subchain& subchain);

  /// Returns the id of a subchain, by its place in `subchains`.
  std::string_view id(std::size_t place) const;
  /// Returns the place of the subchain with this id, if there is one.
  std::optional<std::uint32_t> find(std::string_view id) const;

 private:
  std::string ids_;  // concatenated
};

}  // namespace mmgym
