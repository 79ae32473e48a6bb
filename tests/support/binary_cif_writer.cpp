#include "binary_cif_writer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

namespace mmgym::testing::bcif {
namespace {

int bytes_of(Type type) {
  const bool is_one = type == kInt8 || type == kUint8;
  const bool is_two = type == kInt16 || type == kUint16;
  return is_one ? 1 : is_two ? 2 : type == kFloat64 ? 8 : 4;
}

void append(std::vector<std::uint8_t>& bytes, std::uint64_t bits, int count) {
  for (int i = 0; i < count; ++i) bytes.push_back(static_cast<std::uint8_t>(bits >> (8 * i)));
}

json before(const json& encoding, const json& encodings) {
  json result = encodings;
  result.push_back(encoding);
  return result;
}

}  // namespace

EncodedIntegers EncodedIntegers::with(std::vector<std::int64_t> values,
                                      const json& encoding) const {
  return EncodedIntegers(std::move(values), before(encoding, encodings_));
}

EncodedIntegers EncodedIntegers::delta(std::int64_t origin, Type type) const {
  std::vector<std::int64_t> differences;
  std::int64_t last = origin;
  for (const std::int64_t value : values_) {
    // Modulo 2^32, as an array of 32-bit integers stores it.
    differences.push_back(static_cast<std::int32_t>(static_cast<std::uint32_t>(value - last)));
    last = value;
  }
  return with(differences, {{"kind", "Delta"}, {"origin", origin}, {"srcType", type}});
}

EncodedIntegers EncodedIntegers::run_length(Type type) const {
  std::vector<std::int64_t> runs;
  for (const std::int64_t value : values_) {
    if (runs.empty() || runs[runs.size() - 2] != value) runs.insert(runs.end(), {value, 0});
    ++runs.back();
  }
  return with(runs, {{"kind", "RunLength"}, {"srcType", type}, {"srcSize", values_.size()}});
}

EncodedIntegers EncodedIntegers::integer_packing(int byte_count, bool is_unsigned) const {
  const std::int64_t range = std::int64_t{1} << (8 * byte_count);
  const std::int64_t most = is_unsigned ? range - 1 : range / 2 - 1;
  std::vector<std::int64_t> parts;
  for (std::int64_t value : values_) {
    for (; value >= most; value -= most) parts.push_back(most);
    if (!is_unsigned)
      for (; value <= -range / 2; value += range / 2) parts.push_back(-range / 2);
    parts.push_back(value);
  }
  return with(parts, {{"kind", "IntegerPacking"},
                      {"byteCount", byte_count},
                      {"isUnsigned", is_unsigned},
                      {"srcSize", values_.size()}});
}

json EncodedIntegers::byte_array(Type type) const {
  return {{"data", binary(values_, type)},
          {"encoding", before({{"kind", "ByteArray"}, {"type", type}}, encodings_)}};
}

EncodedIntegers fixed_point(const std::vector<double>& values, double factor) {
  std::vector<std::int64_t> integers;
  for (const double value : values) integers.push_back(std::llround(value * factor));
  return EncodedIntegers(
      integers, json::array({{{"kind", "FixedPoint"}, {"factor", factor}, {"srcType", kFloat64}}}));
}

EncodedIntegers interval_quantization(const std::vector<double>& values, double min, double max,
                                      int steps) {
  std::vector<std::int64_t> integers;
  for (const double value : values)
    integers.push_back(
        std::llround((std::clamp(value, min, max) - min) / (max - min) * (steps - 1)));
  return EncodedIntegers(integers, json::array({{{"kind", "IntervalQuantization"},
                                                 {"min", min},
                                                 {"max", max},
                                                 {"numSteps", steps},
                                                 {"srcType", kFloat64}}}));
}

json binary(const std::vector<std::int64_t>& values, Type type) {
  std::vector<std::uint8_t> bytes;
  for (const std::int64_t value : values)
    append(bytes, static_cast<std::uint64_t>(value), bytes_of(type));
  return json::binary(bytes);
}

json float_array(const std::vector<double>& values, Type type) {
  std::vector<std::uint8_t> bytes;
  for (const double value : values) {
    std::uint64_t bits = 0;
    const auto narrow = static_cast<float>(value);
    if (type == kFloat64) std::memcpy(&bits, &value, sizeof(value));
    if (type == kFloat32) std::memcpy(&bits, &narrow, sizeof(narrow));
    append(bytes, bits, bytes_of(type));
  }
  return {{"data", json::binary(bytes)},
          {"encoding", json::array({{{"kind", "ByteArray"}, {"type", type}}})}};
}

json string_array(const std::string& text, const std::vector<std::int64_t>& offsets,
                  const std::vector<std::int64_t>& indices) {
  const json encoding = json::array({{{"kind", "ByteArray"}, {"type", kInt32}}});
  return {{"data", binary(indices, kInt32)},
          {"encoding", json::array({{{"kind", "StringArray"},
                                     {"dataEncoding", encoding},
                                     {"stringData", text},
                                     {"offsetEncoding", encoding},
                                     {"offsets", binary(offsets, kInt32)}}})}};
}

json string_array(const std::vector<std::string>& values) {
  std::string text;
  std::vector<std::int64_t> offsets = {0};
  std::vector<std::int64_t> indices;
  std::map<std::string, std::int64_t> known;
  for (const std::string& value : values) {
    const auto [place, is_new] = known.emplace(value, known.size());
    indices.push_back(place->second);
    if (!is_new) continue;
    text += value;
    offsets.push_back(static_cast<std::int64_t>(text.size()));
  }
  return string_array(text, offsets, indices);
}

json column(const std::string& name, const json& data, const json& mask) {
  return {{"name", name}, {"data", data}, {"mask", mask}};
}

json category(const std::string& name, std::int64_t rows, const std::vector<json>& columns) {
  return {{"name", name}, {"rowCount", rows}, {"columns", columns}};
}

json block(const std::string& header, const std::vector<json>& categories) {
  return {{"header", header}, {"categories", categories}};
}

json file(const std::vector<json>& blocks) {
  return {{"version", "0.3.0"}, {"encoder", "mmgym"}, {"dataBlocks", blocks}};
}

std::string packed(const json& file) {
  const std::vector<std::uint8_t> bytes = json::to_msgpack(file);
  return {bytes.begin(), bytes.end()};
}

}  // namespace mmgym::testing::bcif
