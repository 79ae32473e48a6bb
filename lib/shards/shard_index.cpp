#include "shards/shard_index.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>

#include "shards/regular_file.h"

// index.json is a WIDS index (the format of the Python package wids) with additional keys:
//
//     __kind__           "wids-shard-index-v1"
//     wids_version       1
//     name               of the data set: the folder's name when it was finished
//     format_version     of the samples' bytes and order (kFormatVersion)
//     parameters         every setting; atom_radius_A is a length, or "vdw" for the van der Waals
//                        radius of each element
//     shape, dtype       of the images of a sample
//     database           id and number of zones
//     written_by         the version of the program that finished the folder
//     sample_count       in all shards
//     samples_per_shard  in every shard but the last, which may have fewer
//     channel_mean       a list with a number for each channel, over all voxels of all samples
//     channel_std        likewise the population standard deviation
//     shardlist          a list in order, for each shard:
//         url            its file name, relative to index.json
//         nsamples
//         filesize       in bytes
//         md5sum
//
// It is written last: a folder with index.json is complete.

namespace mmgym {
namespace {

/// Keys of the index that are not part of the plan.
constexpr std::array<std::string_view, 5> result_keys = {"__kind__", "wids_version", "channel_mean",
                                                         "channel_std", "shardlist"};

/// Keys for information: no sample depends on them.
constexpr std::array<std::string_view, 2> information_keys = {"name", "written_by"};

/// Other keys that a description cannot have: the plan's keys, and keys with a meaning in WIDS.
constexpr std::array<std::string_view, 6> taken_keys = {"name", "sample_count", "samples_per_shard",
                                                        "base", "datasets",     "weight"};

constexpr std::uint64_t most_index_bytes = std::uint64_t{64} << 20;
constexpr std::size_t most_differences = 20;

bool contains(const auto& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string short_text(const nlohmann::json& value) { return one_line(value.dump()); }

void compare(const std::string& key, const nlohmann::json& there, const nlohmann::json& here,
             std::vector<std::string>& found) {
  if (there == here || found.size() == most_differences) return;
  if (!there.is_object() || !here.is_object()) {
    found.push_back(
        fmt::format("{} is {} there, {} here", key, short_text(there), short_text(here)));
    return;
  }
  std::set<std::string> keys;
  for (const auto& item : there.items()) keys.insert(item.key());
  for (const auto& item : here.items()) keys.insert(item.key());
  for (const std::string& name : keys) {
    if (found.size() == most_differences) return;
    const std::string path = one_line(key.empty() ? name : fmt::format("{}.{}", key, name));
    if (!there.contains(name))
      found.push_back(fmt::format("{} is absent there, {} here", path, short_text(here[name])));
    else if (!here.contains(name))
      found.push_back(fmt::format("{} is {} there, absent here", path, short_text(there[name])));
    else
      compare(path, there[name], here[name], found);
  }
}

}  // namespace

nlohmann::ordered_json describe(const ShardPlan& plan) {
  nlohmann::ordered_json description = {{"name", plan.name}};
  for (const auto& item : plan.description.items()) {
    if (contains(result_keys, item.key()) || contains(taken_keys, item.key()))
      throw std::invalid_argument("the description has a key reserved for index.json: " +
                                  item.key());
    description[item.key()] = item.value();
  }
  description["sample_count"] = plan.sample_count;
  description["samples_per_shard"] = plan.samples_per_shard;
  return description;
}

nlohmann::ordered_json make_index(const ShardPlan& plan, const std::vector<ShardRecord>& shards) {
  nlohmann::ordered_json index = {{"__kind__", "wids-shard-index-v1"}, {"wids_version", 1}};
  index.update(describe(plan));

  auto shard_list = nlohmann::ordered_json::array();
  std::vector<ChannelSum> totals;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const ShardRecord& shard = shards[i];
    shard_list.push_back({{"url", shard_name(i)},
                          {"nsamples", shard.sample_count},
                          {"filesize", shard.file_size},
                          {"md5sum", shard.md5}});
    totals.resize(shard.channel_sums.size());
    for (std::size_t c = 0; c < totals.size(); ++c) totals[c] += shard.channel_sums[c];
  }

  auto means = nlohmann::ordered_json::array();
  auto deviations = nlohmann::ordered_json::array();
  for (const ChannelSum& total : totals) {
    const auto count = static_cast<double>(total.count);
    const double mean = total.sum / count;
    means.push_back(mean);
    deviations.push_back(std::sqrt(std::max(0.0, total.sum_of_squares / count - mean * mean)));
  }
  index["channel_mean"] = means;
  index["channel_std"] = deviations;
  index["shardlist"] = shard_list;
  return index;
}

nlohmann::json description_in(const nlohmann::json& index) {
  nlohmann::json description = index;
  for (const std::string_view key : result_keys) description.erase(std::string(key));
  return description;
}

std::vector<ShardRecord> shards_in(const JsonField& index) {
  std::vector<ShardRecord> shards;
  for (const JsonField& entry : index.at("shardlist").items()) {
    const JsonField url = entry.at("url");
    if (url.text() != shard_name(shards.size()))
      url.fail("is " + in_quotes(url.text()) + ", not " + shard_name(shards.size()));
    shards.push_back(record_in(entry));
  }
  return shards;
}

ShardRecord record_in(const JsonField& entry) {
  const JsonField md5 = entry.at("md5sum");
  if (md5.text().size() != 32 ||
      md5.text().find_first_not_of("0123456789abcdef") != std::string::npos)
    md5.fail("is " + in_quotes(md5.text()) + ", not an MD5 sum");
  // No file is larger than a signed offset.
  constexpr auto most_bytes = std::uint64_t{std::numeric_limits<std::int64_t>::max()};
  return {entry.at("nsamples").whole_number(),
          entry.at("filesize").whole_number(most_bytes),
          md5.text(),
          {}};
}

std::string to_text(const nlohmann::ordered_json& value) {
  // JSON must be UTF-8, which file names in parameters may not be.
  return value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

nlohmann::json as_read(const nlohmann::ordered_json& value) {
  return nlohmann::json::parse(to_text(value));
}

std::vector<std::string> differences_of_plans(const nlohmann::json& there, const ShardPlan& here) {
  const auto identity = [](nlohmann::json description) {
    for (const std::string_view key : information_keys) description.erase(std::string(key));
    return description;
  };
  return differences(identity(there), identity(as_read(describe(here))));
}

void require_same_plan(const std::filesystem::path& folder, const nlohmann::json& description,
                       const ShardPlan& plan) {
  const std::vector<std::string> found = differences_of_plans(description, plan);
  if (!found.empty())
    throw ShardError(
        fmt::format("{}: contains shards made with other parameters: {}; choose another folder or "
                    "remove this one",
                    folder.string(), fmt::join(found, "; ")));
}

std::optional<nlohmann::json> read_json(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  auto value = parse_json(read_regular_file(path, most_index_bytes), path.string());
  if (!value.is_object()) throw ShardError(path.string() + " is damaged: it is not a JSON object");
  return value;
}

std::vector<std::string> differences(const nlohmann::json& there, const nlohmann::json& here) {
  std::vector<std::string> found;
  compare("", there, here, found);
  return found;
}

}  // namespace mmgym
