#include "shards/stored_kind.h"

#include <array>

#include "encoding/encode_sample.h"
#include "geometry/polyhedra.h"
#include "sampling/sample_settings.h"
#include "sampling/view_drawer.h"
#include "settings/setting_json.h"
#include "voxel/channels.h"

namespace mmgym {
namespace {

/// The settings that pictures and reports depend on.
constexpr std::array<std::string_view, 9> kSettings = {
    "task",           "grid", "resolution_A", "atom_radius_A", "channels",
    "ligand_channel", "fill", "aggregate",    "directions"};

constexpr double kLargestRadius_A = 1e9;

/// Calls a function, and reports its UsageError, which is about flags, as an error of the field.
template <typename Call>
auto checked(const JsonField& field, Call call) {
  try {
    return call();
  } catch (const UsageError& error) {
    field.fail(std::string("is not valid: ") + error.what());
  }
}

/// Sets a setting to the value of a field, which must be what mmgym writes for it.
template <typename Setting, typename Values>
void set_from_field(const JsonField& field, const Setting& setting, Values& values) {
  const nlohmann::json& value = field.value();
  if (value.is_structured()) field.fail("is not one value");
  const std::string text = value.is_string() ? field.text() : value.dump();
  if (text.size() > 1000) field.fail("is too long");
  checked(field, [&] { set_from_text(setting, values, text); });
  if (nlohmann::json(json_of(setting, values)) != value) field.fail("has the wrong type");
}

std::vector<float> numbers(const JsonField& list, int channels, double least) {
  std::vector<float> values;
  for (const JsonField& item : list.items(static_cast<std::size_t>(channels)))
    values.push_back(static_cast<float>(item.number(least)));
  return values;
}

}  // namespace

StoredKind stored_kind(const JsonField& index) {
  StoredKind kind;
  const JsonField there = index.at("parameters");
  SampleSettings settings;
  for (const std::string_view name : kSettings)
    set_from_field(there.at(std::string(name)), sample_setting(name), settings);
  SampleParameters& parameters = kind.parameters = settings;
  const auto in = [&](const char* key, auto call) { return checked(there.at(key), call); };
  kind.channels = in("channels", [&] {
    return ChannelMap(parameters.channels, parameters.ligand_channel).channels();
  });
  const auto directions =
      in("directions", [&] { return polyhedron_faces(parameters.directions).size(); });
  if (parameters.task == Task::neighbor) kind.labels = static_cast<int>(directions);
  in("resolution_A", [&] { return image_params(parameters, kind.channels); });
  if (parameters.atom_radius.largest_A(parameters.resolution_A) > kLargestRadius_A)
    there.at("atom_radius_A").fail("is not the radius of an atom");
  kind.encoding =
      in("encoding", [&] { return value_named<Encoding>(there.at("encoding").text()); });
  checked(index.at("dtype"), [&] { return value_named<Dtype>(index.at("dtype").text()); });
  if (there.at("normalized").boolean()) {
    parameters.channel_mean = numbers(there.at("normalized_by_mean"), kind.channels, -1e30);
    parameters.channel_std = numbers(there.at("normalized_by_std"), kind.channels, 0);
  }
  kind.shape = image_shape(parameters, kind.channels);
  const JsonField shape = index.at("shape");
  const auto dimensions = shape.items(kind.shape.size());
  for (std::size_t i = 0; i < dimensions.size(); ++i)
    if (dimensions[i].whole_number() != kind.shape[i])
      dimensions[i].fail("is " + dimensions[i].value().dump() + ", but the parameters give " +
                         std::to_string(kind.shape[i]));
  return kind;
}

std::optional<ChannelStatistics> channel_statistics(const JsonField& index, int channels) {
  const JsonField means = index.at("channel_mean"), deviations = index.at("channel_std");
  if (means.items().empty() && deviations.items().empty()) return std::nullopt;
  ChannelStatistics statistics;
  const auto length = static_cast<std::size_t>(channels);
  for (const JsonField& mean : means.items(length)) statistics.mean.push_back(mean.number());
  for (const JsonField& deviation : deviations.items(length))
    statistics.deviation.push_back(deviation.number(0));
  return statistics;
}

}  // namespace mmgym
