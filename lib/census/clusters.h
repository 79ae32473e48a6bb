#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace mmgym {

/// Returns the name of an entity in cluster files: "1ypi_2" for entity 2 of structure 1ypi.
std::string entity_name(std::string_view pdb_id, std::string_view entity_id);

/// Clusters of entities that count as the same. Each entity starts in its own cluster. Entities are
/// joined by content or by cluster files. Joining is transitive: overlapping clusters of several
/// files become one.
class Clusters {
 public:
  using Id = std::uint32_t;

  Id add_entity(const std::string& name) { return node(name, true); }
  /// Joins an entity to all entities with the same content (sequence, ligand code, ...).
  void add_content(const std::string& entity, const std::string& content);
  void join(const std::string& entity_1, const std::string& entity_2);

  /// Returns the cluster of a known entity. The id changes when clusters are joined.
  Id cluster_of(const std::string& entity) const;
  Id cluster_of(Id entity) const { return root(entity); }
  bool knows(const std::string& entity) const { return nodes_.contains(entity); }
  /// Returns the name of a cluster: its first entity in the order of names.
  const std::string& name_of(Id cluster) const { return first_[cluster]; }
  /// Returns, by PDB id, the clusters of all known entities of these structures.
  std::unordered_map<std::string, std::vector<Id>> clusters_of(
      const std::unordered_set<std::string>& pdb_ids) const;

 private:
  Id node(const std::string& name, bool is_entity);
  Id root(Id id) const;
  void join(Id a, Id b);

  std::unordered_map<std::string, Id> nodes_;
  mutable std::vector<Id> parent_;
  std::vector<std::uint32_t> size_;
  std::vector<std::string> first_;  // of roots: first entity by name, empty if all are content
};

/// Names of entities. Each group becomes one cluster.
using EntityGroups = std::vector<std::vector<std::string>>;

/// Reads a cluster file. A line is a cluster and an entity separated by a tab (MMseqs2's TSV), or
/// all entities of a cluster separated by spaces (RCSB's clusters-by-entity files). Entities are
/// named PDBID_ENTITY, in any case. Throws InputError with the number of the line.
EntityGroups read_cluster_file(const std::filesystem::path& path);

/// Counts of the entities in groups.
struct GroupCounts {
  std::size_t entities = 0;
  std::size_t unknown = 0;
  std::vector<std::string> unknown_examples;
};

/// Joins the entities of each group. Counts unknown entities. An unknown entity also joins
/// clusters: two known entities in groups with the same unknown entity share a cluster.
GroupCounts join_groups(const EntityGroups& groups, Clusters& clusters);

}  // namespace mmgym
