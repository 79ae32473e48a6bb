#include "shards/sample_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/version.h"
#include "sampling/image_memory.h"
#include "sampling/sample_settings.h"
#include "settings/setting_json.h"

namespace mmgym {
namespace {

using nlohmann::ordered_json;

/// The number of samples of all workers. An endless run ends at the largest index.
std::uint64_t total_count(const RunOptions& options, std::uint64_t zones) {
  const std::uint64_t most = options.first < kIndices ? kIndices - options.first : 0;
  const bool too_many = options.count != 0    ? options.count > most
                        : options.epochs != 0 ? options.epochs > most / zones
                                              : most == 0;
  if (too_many)
    throw UsageError(fmt::format(
        "--start {} with {} goes beyond the last sample, which has the index {}", options.first,
        options.count != 0 ? fmt::format("--count {}", options.count)
                           : fmt::format("--epochs {}", options.epochs),
        kIndices - 1));
  if (options.count != 0) return options.count;
  return options.epochs != 0 ? zones * options.epochs : most;
}

RunOptions with_content(RunOptions options, bool sums) {
  set_content(options.format, sums, options.parameters);
  return options;
}

std::size_t record_bytes(const SampleRecord& record) {
  std::size_t bytes = 0;
  for (const auto& member : record.members)
    for (const auto& part : member.parts) bytes += part.size();
  return bytes;
}

/// The settings of some kinds. The radius of atoms is the one used for drawing.
ordered_json describe(const SampleParameters& parameters,
                      std::initializer_list<SettingKind> kinds) {
  SampleSettings settings{parameters};
  if (!parameters.atom_radius.van_der_waals)
    settings.atom_radius.uniform_A = parameters.atom_radius.largest_A(parameters.resolution_A);
  ordered_json description = ordered_json::object();
  for (const SampleSetting& setting : sample_settings())
    if (!setting.key.empty() && std::find(kinds.begin(), kinds.end(), setting.kind) != kinds.end())
      description[std::string(setting.key)] = json_of(setting, settings);
  return description;
}

}  // namespace

SampleRun::SampleRun(const RunOptions& options, bool sums)
    : options_(with_content(options, sums)),
      samples_(options_),
      order_(samples_.zones(), options.first, total_count(options, samples_.zones()), options.seed),
      encoder_(options_.parameters, samples_.channels(), options.format, sums) {
  options_.split = samples_.split();
}

std::uint64_t SampleRun::count() const {
  const auto [worker, workers] = options_.share;
  return order_.count() > worker ? (order_.count() - worker - 1) / workers + 1 : 0;
}

SampleRecord SampleRun::make(std::uint64_t position) {
  const auto [worker, workers] = options_.share;
  return encoder_.encode(samples_.make(order_.index(worker + position * workers)));
}

OrderedWork<SampleRecord> SampleRun::samples(
    std::uint64_t count, std::function<std::uint64_t(std::uint64_t)> position_of) {
  OrderedWork<SampleRecord> work;
  work.count = count;
  work.work = [this, position_of = std::move(position_of)](std::uint64_t i) {
    return make(position_of(i));
  };
  work.work_bytes = [bytes = sample_bytes()](std::uint64_t) { return bytes; };
  work.result_bytes = record_bytes;
  return work;
}

WorkLimits SampleRun::limits() const {
  return limits_for_samples(options_.threads, sample_bytes());
}

std::size_t SampleRun::sample_bytes() const {
  return image_bytes(options_.parameters, samples_.channels());
}

ordered_json describe_channels(const SampleParameters& parameters) {
  return describe(parameters, {SettingKind::voxels});
}

ordered_json SampleRun::description() const {
  using Kind = SettingKind;
  const SampleParameters& p = options_.parameters;
  ordered_json parameters = describe(p, {Kind::task});
  parameters.update(
      {{"split", options_.split.empty() ? ordered_json() : ordered_json(options_.split)},
       {"max_difficulty",
        options_.max_difficulty ? ordered_json(*options_.max_difficulty) : ordered_json()},
       {"start", options_.first},
       {"count", order_.count()},
       {"seed", options_.seed},
       {"worker", options_.share.text()}});
  parameters.update(describe(p, {Kind::size, Kind::voxels, Kind::neighbor}));
  parameters["normalized"] = p.normalized();
  for (const FormatSetting& setting : kFormatSettings)
    if (setting.key != "dtype")
      parameters[std::string(setting.key)] = json_of(setting, options_.format);
  parameters.update(describe(p, {Kind::members}));
  if (p.normalized()) {
    parameters["normalized_by_mean"] = p.channel_mean;
    parameters["normalized_by_std"] = p.channel_std;
  }
  return {{"format_version", kFormatVersion},
          {"parameters", parameters},
          {"shape", image_shape(p, samples_.channels())},
          {"dtype", name_of(options_.format.dtype)},
          {"database",
           {{"id", ordered_json::parse(samples_.database_id())}, {"zones", samples_.zones()}}},
          {"written_by", fmt::format("mmgym {}", kVersion)}};
}

}  // namespace mmgym
