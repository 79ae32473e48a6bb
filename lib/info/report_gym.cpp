#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "info/histogram.h"
#include "info/report.h"

namespace mmgym {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kHowToSplit = "make splits with 'mmgym split'";

std::string paragraph(const std::string& title) { return "\n" + title + "\n"; }

std::string counts_text(const std::string& title, const ValueCounts& counts,
                        const std::string& if_none) {
  return paragraph(title) + (counts.empty() ? "  " + if_none + "\n" : draw_bars(bars_of(counts)));
}

std::string leakage_text(const GymInfo& info) {
  std::string text =
      "  leakage: clusters that are in more than one split\n    clusters given to split: ";
  text += info.rows.at("split_cluster") == 0 ? "none" : std::to_string(info.leaks.split_clusters);
  text += fmt::format("\n    clusters of polymers: {}\n", info.leaks.polymer_clusters);
  if (info.leaks.polymer_clusters > 0)
    text += "    'mmgym split --by-entity-clusters' keeps each cluster of polymers together\n";
  return text;
}

std::string splits_text(const GymInfo& info) {
  std::int64_t zones = 0;
  bool any = false;
  for (const auto& split : info.splits) {
    zones += split.zones;
    any = any || split.name;
  }
  std::string text = paragraph("Splits");
  if (!any) return text + fmt::format("  none; {}\n", kHowToSplit);
  text += fmt::format("  {:<12} {:>10} {:>10} {:>10} {:>8}\n", "", "structures", "assemblies",
                      "zones", "share");
  for (const auto& split : info.splits)
    text += fmt::format(
        "  {:<12} {:>10} {:>10} {:>10} {:>6.1f} %\n", printable(split.name.value_or("(in none)")),
        split.structures, split.assemblies, split.zones,
        zones == 0 ? 0 : 100 * static_cast<double>(split.zones) / static_cast<double>(zones));
  return text + leakage_text(info);
}

std::string range_text(const ValueRange& range, const char* unit) {
  return fmt::format("{:.1f} to {:.1f} {}, median {:.1f}", range.low, range.high, unit,
                     range.median);
}

std::string ranges_text(const GymInfo& info) {
  std::string text = paragraph("Ranges");
  if (info.densities_nm3 && info.densities_nm3->count > 0) {
    const auto zones = info.rows.at("zone");
    const auto looked_at = static_cast<std::int64_t>(info.densities_nm3->count);
    text += fmt::format(
        "  density     {} (around {})\n", range_text(*info.densities_nm3, "atoms/nm3"),
        looked_at == zones ? "every zone"
                           : fmt::format("{} of {} zones, at equal intervals", looked_at, zones));
  }
  if (info.resolutions_A.empty())
    text += "  resolution  no structure with zones has a resolution\n";
  else
    text +=
        fmt::format("  resolution  {} ({} structures)\n",
                    range_text(value_range(info.resolutions_A), "A"), info.resolutions_A.size());
  return text;
}

std::string kinds_text(const GymInfo& info) {
  if (info.subchain_kinds.empty()) return "";
  std::vector<Bar> bars;
  for (const auto& [kind, count] : info.subchain_kinds) bars.push_back({kind, count});
  std::sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.count > b.count; });
  const auto assemblies = info.rows.at("assembly");
  return paragraph(info.assemblies_looked_at == assemblies
                       ? "Subchains in zones by kind"
                       : fmt::format("Subchains in zones by kind, in {} of {} assemblies",
                                     info.assemblies_looked_at, assemblies)) +
         draw_bars(bars);
}

std::string storage_text(const GymInfo& info) {
  if (!info.storage) return "";
  std::string text = paragraph("Size by table and index");
  for (const Storage& part : *info.storage) {
    const bool is_index = !part.table.empty() && part.table != part.name;
    text += fmt::format("  {:>9}  {:>5.1f} %  {}{}\n",
                        bytes_text(static_cast<std::uint64_t>(part.bytes)),
                        100 * static_cast<double>(part.bytes) / static_cast<double>(info.bytes),
                        part.name, is_index ? " (index of " + part.table + ")" : "");
  }
  return text;
}

std::string parameters_text(const GymInfo& info) {
  constexpr std::size_t kLongest = 100;
  std::string text = paragraph("Parameters");
  for (const auto& [key, value] : info.metadata) {
    std::string shown = value;
    if (shown.size() > kLongest) {
      const auto parsed = json::parse(value, nullptr, false);
      shown = parsed.is_array() ? fmt::format("a list of {}", parsed.size())
                                : shown.substr(0, kLongest) + "...";
    }
    text += fmt::format("  {:<42} {}\n", printable(key), printable(shown));
  }
  return text;
}

std::string entry_name(const RejectedRow& row) {
  std::string name = row.pdb_id.empty() ? row.path : row.pdb_id;
  if (!row.assembly_pdb_id.empty()) name += "/" + row.assembly_pdb_id;
  return printable(name);
}

std::string rejected_text(const GymInfo& info, std::size_t most_entries) {
  std::string text = paragraph("Entries and assemblies without zones");
  if (info.rejected.empty() && info.structures_without_zones.empty()) return text + "  none\n";
  struct Kind {
    std::string name;
    std::int64_t zones = 0;
    std::int64_t rows = 0;
  };
  std::map<std::string, Kind> by_name;
  for (const auto& row : info.rejected) {
    const std::string name = row.stage + ": " + reason_kind(row.reason);
    Kind& kind = by_name.try_emplace(name, Kind{name}).first->second;
    kind.zones += row.zones;
    ++kind.rows;
  }
  std::vector<Kind> kinds;
  for (const auto& [name, kind] : by_name) kinds.push_back(kind);
  if (const std::size_t count = info.structures_without_zones.size(); count > 0)
    kinds.push_back({"kept without zones", 0, static_cast<std::int64_t>(count)});
  std::stable_sort(kinds.begin(), kinds.end(), [](const Kind& a, const Kind& b) {
    return std::pair(a.zones, a.rows) > std::pair(b.zones, b.rows);
  });
  std::vector<Bar> bars;
  for (const Kind& kind : kinds)
    bars.push_back(
        {kind.zones > 0 ? fmt::format("{} ({} zones)", kind.name, kind.zones) : kind.name,
         kind.rows});
  text += draw_bars(bars, 20) + "\n";

  std::size_t shown = 0;
  for (const auto& row : info.rejected) {
    if (shown++ == most_entries) break;
    text += fmt::format("  {:<8} {}: {}\n", entry_name(row), printable(row.stage),
                        printable(row.reason));
  }
  for (const auto& id : info.structures_without_zones) {
    if (shown++ >= most_entries) break;
    text +=
        fmt::format("  {:<8} kept without zones: none of its zones was chosen\n", printable(id));
  }
  const std::size_t all = info.rejected.size() + info.structures_without_zones.size();
  if (all > most_entries)
    text += fmt::format("  and {} more; --entries N lists the first N, --json lists all\n",
                        all - most_entries);
  return text;
}

ordered_json counts_json(const ValueCounts& counts) {
  ordered_json value = ordered_json::object();
  for (const auto& [key, count] : counts) value[std::to_string(key)] = count;
  return value;
}

ordered_json range_json(const ValueRange& range) {
  return {
      {"count", range.count}, {"min", range.low}, {"median", range.median}, {"max", range.high}};
}

}  // namespace

std::string report(const GymInfo& info, std::size_t most_entries) {
  std::string text = fmt::format("{}: {}\n", printable(info.path),
                                 bytes_text(static_cast<std::uint64_t>(info.bytes)));
  text += paragraph("Rows");
  for (const auto& [table, rows] : info.rows) text += fmt::format("  {:<16} {:>12}\n", table, rows);
  const GymCounts& counts = info.counts;
  if (counts.computed_models > 0)
    text += fmt::format(
        "  {} of the structures are computed models; {} of their residues were left "
        "out, with a pLDDT below min_plddt\n",
        counts.computed_models, counts.unsure_residues);
  if (counts.unmodelled_atoms > 0)
    text +=
        fmt::format("  {} atoms without coordinates were passed over\n", counts.unmodelled_atoms);
  if (counts.incomplete > 0)
    text += fmt::format(
        "  {} of the inputs may lack zones, which merge dropped for structures that were removed "
        "or "
        "replaced since; build-db --rebuild finds them\n",
        counts.incomplete);
  text += splits_text(info);
  text +=
      counts_text("Zones by number of neighbors", info.zones_by_neighbors, "there are no zones");
  text += counts_text("Structures by number of zones", info.structures_by_zones,
                      "there are no structures with zones; see the reasons below");
  text += kinds_text(info) + ranges_text(info) + storage_text(info) + parameters_text(info);
  return text + rejected_text(info, most_entries);
}

ordered_json to_json(const GymInfo& info) {
  ordered_json value = {{"path", info.path}, {"bytes", info.bytes}, {"rows", info.rows}};
  value["computed_models"] = info.counts.computed_models;
  value["unmodelled_atoms"] = info.counts.unmodelled_atoms;
  value["unsure_residues"] = info.counts.unsure_residues;
  value["incomplete_inputs"] = info.counts.incomplete;
  value["splits"] = ordered_json::array();
  for (const auto& split : info.splits)
    value["splits"].push_back({{"name", split.name ? ordered_json(*split.name) : ordered_json()},
                               {"structures", split.structures},
                               {"assemblies", split.assemblies},
                               {"zones", split.zones}});
  value["leaks"] = {{"split_clusters", info.leaks.split_clusters},
                    {"polymer_clusters", info.leaks.polymer_clusters}};
  value["zones_by_neighbors"] = counts_json(info.zones_by_neighbors);
  value["structures_by_zones"] = counts_json(info.structures_by_zones);
  if (info.densities_nm3) {
    value["subchain_kinds"] = info.subchain_kinds;
    value["assemblies_looked_at"] = info.assemblies_looked_at;
    value["densities_nm3"] = range_json(*info.densities_nm3);
  }
  value["resolutions_A"] = range_json(value_range(info.resolutions_A));
  value["storage"] = ordered_json();
  if (info.storage) {
    value["storage"] = ordered_json::array();
    for (const Storage& part : *info.storage)
      value["storage"].push_back(
          {{"table", part.table.empty() ? ordered_json() : ordered_json(part.table)},
           {"name", part.name},
           {"bytes", part.bytes}});
  }
  value["parameters"] = ordered_json::object();
  for (const auto& [key, text] : info.metadata) {
    auto parsed = json::parse(text, nullptr, false);
    value["parameters"][key] = parsed.is_discarded() ? json(text) : parsed;
  }
  std::map<std::string, std::map<std::string, std::int64_t>> kinds;
  for (const auto& row : info.rejected) ++kinds[row.stage][reason_kind(row.reason)];
  value["rejected_by_reason"] = kinds;
  value["rejected"] = ordered_json::array();
  for (const auto& row : info.rejected)
    value["rejected"].push_back({{"path", row.path},
                                 {"pdb_id", row.pdb_id},
                                 {"assembly_pdb_id", row.assembly_pdb_id},
                                 {"stage", row.stage},
                                 {"reason", row.reason},
                                 {"zones", row.zones}});
  value["structures_without_zones"] = info.structures_without_zones;
  return value;
}

}  // namespace mmgym
