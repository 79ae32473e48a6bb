#include "build/build_metadata.h"

#include <nlohmann/json.hpp>

#include "base/md5.h"
#include "base/version.h"
#include "build/gym_rows.h"
#include "database/tile_codec.h"
#include "inputs/input_limit_settings.h"
#include "inputs/text_lines.h"
#include "settings/setting_json.h"
#include "structure/read_structure.h"

namespace mmgym {
namespace {

using nlohmann::json;

/// Identifies a list among the parameters by its content.
std::string md5_of(const std::filesystem::path& path) {
  if (path.empty()) return {};
  Md5 sum;
  for_each_line(path, [&sum](std::string_view line) {
    sum.update(std::as_bytes(std::span(line)));
    sum.update(std::as_bytes(std::span("\n", 1)));
  });
  return sum.hex();
}

json md5s_of(const std::vector<std::filesystem::path>& paths) {
  json sums = json::array();
  for (const auto& path : paths) sums.push_back(md5_of(path));
  return sums;
}

json writers() {
  return {{"program", "mmgym"},
          {"version", kVersion},
          {"sqlite", sqlite_version()},
          {"gemmi", gemmi_version()}};
}

}  // namespace

Metadata build_metadata(const BuildOptions& options, const CathDomains& cath) {
  json values = {{"keep_all", options.census.keep_all},
                 {"max_resolution_A", options.census.max_resolution_A},
                 {"clusters_md5", md5s_of(options.census.clusters)},
                 {"blacklist_md5", md5_of(options.census.blacklist)},
                 {"cath_md5", cath.md5()},
                 {"cath_min_domains", options.cath_min_domains},
                 {"atom_tile_edge_A", kAtomTileEdge_A},
                 {"polymer_labels", kPolymerLabels},
                 {"cath_labels", cath.labels()},
                 {"schema_version", kSchemaVersion},
                 {"parts", json::array()},
                 {"written_by", writers()}};
  if (options.part) values["parts"].push_back(options.part->text());
  for (const ZoneSetting& setting : zone_settings())
    values[std::string(setting.key)] = json_of(setting, options.parameters);
  json& limits = values["input_limits"];
  for (const InputLimitSetting& setting : input_limit_settings())
    limits[std::string(setting.key)] = json_of(setting, options.census.limits);
  Metadata metadata;
  for (const auto& [key, value] : values.items())
    metadata[key] = value.dump(-1, ' ', false, json::error_handler_t::replace);
  return metadata;
}

std::string written_by() { return writers().dump(); }
std::string list_md5(const std::filesystem::path& path) { return json(md5_of(path)).dump(); }
std::string list_md5s(const std::vector<std::filesystem::path>& paths) {
  return md5s_of(paths).dump();
}

}  // namespace mmgym
