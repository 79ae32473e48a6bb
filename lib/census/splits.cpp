#include "census/splits.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <unordered_map>

#include "base/errors.h"
#include "base/text.h"
#include "census/clusters.h"
#include "inputs/text_lines.h"

namespace mmgym {

SplitTarget parse_split_target(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  SplitTarget target{text.substr(0, equals), 0};
  if (equals != std::string::npos) {
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data() + equals + 1, end, target.weight);
    if (error != std::errc{} || rest != end) target.weight = 0;
  }
  if (target.name.empty() || !std::isfinite(target.weight) || target.weight <= 0)
    throw UsageError("--target " + text + ": expected NAME=PARTS with a positive number PARTS");
  return target;
}

std::vector<Membership> read_split_clusters(const std::filesystem::path& path) {
  std::vector<Membership> memberships;
  bool first = true;
  for_each_line(path, [&](std::string_view line) {
    const auto columns = split_at(line, ',');
    if (columns.size() != 2 || columns[0].empty() || columns[1].empty())
      throw BadLine{"a PDB id and a cluster, separated by a comma"};
    const bool is_header = first && lower_case(columns[0]) == "pdb_id";
    first = false;
    if (!is_header) memberships.emplace_back(lower_case(columns[0]), columns[1]);
  });
  return memberships;
}

std::vector<std::vector<std::string>> connected_structures(
    const ZoneCounts& zone_counts, const std::vector<Membership>& memberships) {
  Clusters connected;
  for (const auto& [pdb_id, count] : zone_counts) connected.add_entity(pdb_id);
  for (const auto& [pdb_id, cluster] : memberships)
    if (zone_counts.contains(pdb_id)) connected.add_content(pdb_id, cluster);

  struct Group {
    std::vector<std::string> pdb_ids;
    std::int64_t zones = 0;
  };
  std::unordered_map<Clusters::Id, Group> by_root;
  for (const auto& [pdb_id, count] : zone_counts) {
    Group& group = by_root[connected.cluster_of(pdb_id)];
    group.pdb_ids.push_back(pdb_id);
    group.zones += count;
  }
  std::vector<Group> groups;
  for (auto& [root, group] : by_root) groups.push_back(std::move(group));
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return a.zones != b.zones ? a.zones > b.zones : a.pdb_ids.front() < b.pdb_ids.front();
  });
  std::vector<std::vector<std::string>> result;
  for (auto& group : groups) result.push_back(std::move(group.pdb_ids));
  return result;
}

std::size_t draw_greatest(std::span<const double> probabilities) {
  return static_cast<std::size_t>(std::max_element(probabilities.begin(), probabilities.end()) -
                                  probabilities.begin());
}

std::vector<std::size_t> assign_splits(const std::vector<std::vector<std::string>>& groups,
                                       const ZoneCounts& zone_counts,
                                       const std::vector<SplitTarget>& targets, const Draw& draw,
                                       std::vector<double> filled) {
  double all_zones = 0;
  for (const auto& [pdb_id, count] : zone_counts) all_zones += static_cast<double>(count);
  double all_weights = 0;
  for (const auto& target : targets) all_weights += target.weight;

  std::vector<double> room;
  for (const auto& target : targets) room.push_back(all_zones * target.weight / all_weights);
  filled.resize(targets.size(), 0.0);

  std::vector<std::size_t> splits;
  for (const auto& group : groups) {
    double zones = 0;
    for (const auto& pdb_id : group) zones += static_cast<double>(zone_counts.at(pdb_id));
    std::vector<double> left;
    for (std::size_t i = 0; i < targets.size(); ++i) left.push_back(room[i] - filled[i] - zones);
    if (std::all_of(left.begin(), left.end(), [](double x) { return x <= 0; }))
      for (std::size_t i = 0; i < targets.size(); ++i) left[i] = room[i] - filled[i];

    // Only splits with room are drawn.
    std::vector<std::size_t> candidates;
    std::vector<double> probabilities;
    double sum = 0;
    for (std::size_t i = 0; i < targets.size(); ++i)
      if (left[i] > 0) {
        candidates.push_back(i);
        probabilities.push_back(left[i]);
        sum += left[i];
      }
    for (double& probability : probabilities) probability /= sum;
    // Due to rounding, no split may have room for the last zones.
    const std::size_t split =
        candidates.empty() ? draw_greatest(left) : candidates[draw(probabilities)];
    filled[split] += zones;
    splits.push_back(split);
  }
  return splits;
}

}  // namespace mmgym
