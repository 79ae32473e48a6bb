#include <fmt/format.h>

#include "base/text.h"
#include "info/histogram.h"
#include "info/report.h"
#include "voxel/channel_names.h"

namespace mmgym {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// Returns the value at a key of index.json as text, or a dash if there is none.
std::string text_at(const json& index, const char* key) {
  const auto found = index.find(key);
  if (found == index.end()) return "-";
  return found->is_string() ? found->get<std::string>() : found->dump();
}

std::string channels_text(const json& index) {
  const json means = index.value("channel_mean", json::array());
  const json deviations = index.value("channel_std", json::array());
  const json parameters = index.value("parameters", json::object());
  const auto names =
      channel_names(parameters.value("channels", ""), parameters.value("ligand_channel", false));
  std::string text =
      fmt::format("\nChannels\n  {:>3}  {:<20} {:>12} {:>12}\n", "", "elements", "mean", "std");
  for (std::size_t c = 0; c < means.size() && c < deviations.size(); ++c)
    text +=
        fmt::format("  {:>3}  {:<20} {:>12.4g} {:>12.4g}\n", c, c < names.size() ? names[c] : "",
                    means[c].get<double>(), deviations[c].get<double>());
  return text;
}

}  // namespace

std::string report(const ShardInfo& info) {
  const json& index = info.index;
  std::string text = fmt::format(
      "{}: {} samples in {} shards, {}\n\n  shape     {}\n  dtype     {}\n  database  {}\n",
      info.path, info.samples, info.shards, bytes_text(info.bytes), text_at(index, "shape"),
      text_at(index, "dtype"), text_at(index, "database"));
  if (!info.checked) {
    text += "  checksums not checked\n";
  } else if (info.problems.empty()) {
    text += "  checksums of all shards agree with index.json\n";
  } else {
    text += "  DAMAGED:\n";
    for (const auto& problem : info.problems) text += "    " + problem + "\n";
  }
  text += channels_text(index);
  if (!info.labels.empty())
    text += "\nSamples by label\n" + draw_bars(bars_of(info.labels, info.labels.size() + 100));
  text += "\nParameters\n";
  const json parameters = index.value("parameters", json::object());
  for (const auto& [key, value] : parameters.items())
    text += fmt::format("  {:<22} {}\n", key, value.dump());
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
