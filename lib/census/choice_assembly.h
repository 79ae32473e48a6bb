#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "census/clusters.h"

namespace mmgym {

/// The subchains of an assembly that count, in the order of their ids (bytewise). There can be
/// millions of them in memory, so they are small.
class ChoiceAssembly {
 public:
  struct Subchain {
    std::uint32_t number;  // index into ModelFacts::subchains and Structure::subchains
    Clusters::Id cluster;
    std::uint32_t copies;  // in the assembly
    std::uint32_t id_end;  // in ids_; set by add()
  };
  std::vector<Subchain> subchains;

  /// Adds a subchain; its id must come after those before. Throws std::logic_error if it does not.
  void add(std::string_view id, const Subchain& subchain);

  /// The id of a subchain, by its place in `subchains`.
  std::string_view id(std::size_t place) const;
  /// The place of the subchain with this id, if it counts.
  std::optional<std::uint32_t> find(std::string_view id) const;

 private:
  std::string ids_;  // one after the other
};

}  // namespace mmgym
