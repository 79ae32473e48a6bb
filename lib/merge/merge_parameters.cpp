#include "merge/merge_parameters.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/share.h"
#include "build/build_metadata.h"

namespace mmgym {
namespace {

using nlohmann::json;

/// Metadata that differ between parts. The merged database gets its own.
const std::set<std::string> kOwn = {"database_id", "inputs_md5", "parts", "split_options",
                                    "written_by"};

Share share_in(const json& text, const Part& part) {
  try {
    return parse_share("parts", text.get<std::string>());
  } catch (const std::exception& error) {
    part.fail(std::string("is damaged: metadata: ") + error.what());
  }
}

/// Sets the list of a parameter. Throws DatabaseError if the parts were built with another list.
void set_list(Metadata& metadata, const Part& part, const std::string& key,
              const std::string& value, const std::string& none, const char* flag) {
  if (metadata[key] != none && metadata[key] != value)
    part.fail(fmt::format("was built with {}; give the same files to merge", flag));
  metadata[key] = value;
}

}  // namespace

void require_same_parameters(const Parts& parts) {
  const Part& first = *parts.front();
  std::set<std::string> ids;
  for (const auto& part : parts) {
    const auto& metadata = part->metadata();
    if (const auto id = metadata.find("database_id");
        id != metadata.end() && !ids.insert(id->second).second)
      part->fail("is the same database as one given before; give each part once");
    if (const std::string differences =
            metadata_differences(metadata, first.metadata(), kOwn, "in " + first.path().string());
        !differences.empty())
      part->fail("was built with other parameters: " + differences);
  }
}

std::string merged_parts(const Parts& parts, const MergeOptions& options) {
  std::map<std::uint64_t, std::set<std::uint64_t>> numbers;  // by count
  for (const auto& part : parts) {
    const auto found = part->metadata().find("parts");
    const json texts = found == part->metadata().end() ? json::array()
                                                       : json::parse(found->second, nullptr, false);
    for (const auto& text : texts) {
      const Share share = share_in(text, *part);
      if (!numbers[share.count].insert(share.number).second)
        part->fail(fmt::format("contains part {}, which was given before; give each part once",
                               share.text()));
    }
  }
  json merged = json::array();
  for (const auto& [count, there] : numbers) {
    if (there.size() == count) continue;
    for (const auto number : there) merged.push_back(Share{number, count}.text());
    std::string missing;
    constexpr int kMostShown = 5;
    int shown = 0;
    for (std::uint64_t number = 0; number < count && shown <= kMostShown; ++number)
      if (!there.contains(number))
        missing += shown++ < kMostShown
                       ? (missing.empty() ? "" : ", ") + Share{number, count}.text()
                       : ", ...";
    options.on_remark(
        fmt::format("{} of {} parts are not merged yet: {}", count - there.size(), count, missing));
  }
  return merged.dump();
}

Metadata merged_metadata(const Part& part, const MergeOptions& options, CensusOptions& census) {
  Metadata metadata = part.metadata();
  for (const auto& key : kOwn) metadata.erase(key);
  metadata["written_by"] = written_by();
  set_list(metadata, part, "clusters_md5", list_md5s(options.clusters), list_md5s({}),
           "--clusters");
  set_list(metadata, part, "blacklist_md5", list_md5(options.blacklist), list_md5({}),
           "--blacklist");
  census.max_resolution_A = part.metadata_number("max_resolution_A");
  if (options.max_resolution_A) {
    if (*options.max_resolution_A > census.max_resolution_A)
      part.fail(
          fmt::format("was built with --max-resolution {:g}, and has no zones of structures "
                      "of worse resolutions; --max-resolution can be at most that",
                      census.max_resolution_A));
    census.max_resolution_A = *options.max_resolution_A;
    metadata["max_resolution_A"] = json(census.max_resolution_A).dump();
  }
  if (options.choose) {
    if (!part.keeps_all())
      part.fail(
          "was not built with --keep-all, so that its zones are chosen already; remove "
          "--choose");
    metadata["keep_all"] = "false";
  }
  census.keep_all = metadata["keep_all"] == "true";
  census.clusters = options.clusters;
  census.blacklist = options.blacklist;
  return metadata;
}

CensusOptions census_of(const Part& part, const MergeOptions& options) {
  CensusOptions census;
  census.keep_all = part.keeps_all();
  census.max_resolution_A = part.metadata_number("max_resolution_A");
  if (part.metadata().at("clusters_md5") != list_md5s({})) census.clusters = options.clusters;
  if (part.metadata().at("blacklist_md5") != list_md5({})) census.blacklist = options.blacklist;
  return census;
}

}  // namespace mmgym
