#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace mmgym {

/// "1ypi_2": how cluster files name entity 2 of structure 1ypi.
std::string entity_name(std::string_view pdb_id, std::string_view entity_id);

/// Which entities count as the same. Each entity starts in a cluster of its own. Entities that are
/// joined, by content or by cluster files, share a cluster, transitively: clusters of several files
/// that overlap become one.
class Clusters {
 public:
  using Id = std::uint32_t;

  /// Makes an entity known.
  Id add_entity(const std::string& name) { return node(name, true); }
  /// Joins an entity to all others with this content (a sequence, a ligand's code, ...).
  void add_content(const std::string& entity, const std::string& content);
  void join(const std::string& entity_1, const std::string& entity_2);

  /// The cluster of an entity that is known. Changes while clusters are being joined.
  Id cluster_of(const std::string& entity) const;
  Id cluster_of(Id entity) const { return root(entity); }
  bool knows(const std::string& entity) const { return nodes_.contains(entity); }
  /// The name of a cluster: that of its first entity by name.
  const std::string& name_of(Id cluster) const { return first_[cluster]; }
  /// The clusters of all entities that are known of these structures.
  std::unordered_map<std::string, std::vector<Id>> clusters_of(
      const std::unordered_set<std::string>& pdb_ids) const;

 private:
  Id node(const std::string& name, bool is_entity);
  Id root(Id id) const;
  void join(Id a, Id b);

  std::unordered_map<std::string, Id> nodes_;
  mutable std::vector<Id> parent_;
  std::vector<std::uint32_t> size_;
  std::vector<std::string> first_;  // of roots: first entity by name, empty for content alone
};

/// Groups of entities, by name, that are to be in one cluster.
using EntityGroups = std::vector<std::vector<std::string>>;

/// Reads the groups of a file. A line is either of MMseqs2's TSV, a cluster and an entity separated
/// by a tab, or of RCSB's clusters-by-entity files, all entities of one cluster separated by
/// spaces. Entities are named PDBID_ENTITY, in any case. Throws InputError, which names the
/// line.
EntityGroups read_cluster_file(const std::filesystem::path& path);

/// The entities that groups name.
struct GroupCounts {
  std::size_t entities = 0;
  std::size_t unknown = 0;  // entities that were not known before
  std::vector<std::string> unknown_examples;
};

/// Joins each group. Entities that are not known are counted. They join clusters, too: two known
/// entities that share a group with the same unknown one are in one cluster.
GroupCounts join_groups(const EntityGroups& groups, Clusters& clusters);

}  // namespace mmgym
