#include <fmt/format.h>

#include "base/text.h"
#include "info/histogram.h"
#include "info/report.h"

namespace mmgym {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::string channels_text(const ShardInfo& info) {
  std::string text =
      fmt::format("\nChannels\n  {:>3}  {:<20} {:>12} {:>12}\n", "", "elements", "mean", "std");
  if (!info.statistics) return text;
  for (std::size_t c = 0; c < info.channel_names.size(); ++c)
    text +=
        fmt::format("  {:>3}  {:<20} {:>12.4g} {:>12.4g}\n", c, printable(info.channel_names[c]),
                    info.statistics->mean[c], info.statistics->deviation[c]);
  return text;
}

}  // namespace

std::string report(const ShardInfo& info) {
  const json& index = info.index;
  std::string text = fmt::format(
      "{}: {} samples in {} shards, {}\n\n  shape     {}\n  dtype     {}\n  database  {}\n",
      printable(info.path), info.samples, info.shards, bytes_text(info.bytes),
      index.at("shape").dump(), printable(index.at("dtype").get<std::string>()),
      printable(index.value("database", json()).dump()));
  if (!info.checked) {
    text += "  checksums not checked\n";
  } else if (info.problems.empty()) {
    text += "  checksums of all shards agree with index.json\n";
  } else {
    text += "  DAMAGED:\n";
    for (const auto& problem : info.problems) text += "    " + printable(problem) + "\n";
  }
  text += channels_text(info);
  if (!info.labels.empty())
    text += "\nSamples by label\n" + draw_bars(bars_of(info.labels, info.labels.size() + 100));
  text += "\nParameters\n";
  for (const auto& [key, value] : index.at("parameters").items())
    text += fmt::format("  {:<22} {}\n", printable(key), printable(value.dump()));
  return text;
}

ordered_json to_json(const ShardInfo& info) {
  ordered_json value = {{"path", info.path},
                        {"samples", info.samples},
                        {"shards", info.shards},
                        {"bytes", info.bytes},
                        {"checksums", !info.checked           ? "not looked at"
                                      : info.problems.empty() ? "agree"
                                                              : "differ"},
                        {"problems", info.problems}};
  value["labels"] = ordered_json::object();
  for (const auto& [label, count] : info.labels) value["labels"][std::to_string(label)] = count;
  value["index"] = info.index;
  return value;
}

}  // namespace mmgym
