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

/// Which entities count as the same. Starts with each on its own; whatever is joined, by content or
/// by cluster files, becomes one cluster, transitively: files that overlap merge their clusters.
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
  /// The first by name of the entities in a cluster: what the cluster is called.
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
/// spaces. Entities are named PDBID_ENTITY, in any case. Throws InputError, which tells the
/// line.
EntityGroups read_cluster_file(const std::filesystem::path& path);

/// What groups named.
struct GroupCounts {
  std::size_t entities = 0;
  std::size_t unknown = 0;  // entities that were not known before
  std::vector<std::string> unknown_examples;
};

/// Joins each group. Entities that are not known are counted, and join clusters all the same: what
/// is alike to one stranger is alike.
GroupCounts join_groups(const EntityGroups& groups, Clusters& clusters);

}  // namespace mmgym
