#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// Writes BinaryCIF, independently of lib/bcif. A file is JSON until packed() makes MessagePack of
// it, so that tests can damage any part.

namespace mmgym::testing::bcif {

using json = nlohmann::json;

/// The types of numbers, with the codes that files have.
enum Type : int {
  kInt8 = 1,
  kInt16 = 2,
  kInt32 = 3,
  kUint8 = 4,
  kUint16 = 5,
  kUint32 = 6,
  kFloat32 = 32,
  kFloat64 = 33
};

/// Integers, and the encodings that were applied to them.
class EncodedIntegers {
 public:
  explicit EncodedIntegers(std::vector<std::int64_t> values, json encodings = json::array())
      : values_(std::move(values)), encodings_(std::move(encodings)) {}

  /// `origin` is subtracted from the first value.
  EncodedIntegers delta(std::int64_t origin = 0, Type type = kInt32) const;
  EncodedIntegers run_length(Type type = kInt32) const;
  EncodedIntegers integer_packing(int byte_count, bool is_unsigned) const;
  /// The data, {"data": ..., "encoding": [...]}.
  json byte_array(Type type) const;

  const std::vector<std::int64_t>& values() const { return values_; }

 private:
  EncodedIntegers with(std::vector<std::int64_t> values, const json& encoding) const;

  std::vector<std::int64_t> values_;
  json encodings_;
};

EncodedIntegers fixed_point(const std::vector<double>& values, double factor);
/// Values outside of the interval become its ends.
EncodedIntegers interval_quantization(const std::vector<double>& values, double min, double max,
                                      int steps);
json float_array(const std::vector<double>& values, Type type = kFloat64);
/// A StringArray. Offsets count bytes.
json string_array(const std::vector<std::string>& values);
/// A StringArray of given parts.
json string_array(const std::string& text, const std::vector<std::int64_t>& offsets,
                  const std::vector<std::int64_t>& indices);

/// The bytes of numbers, little-endian.
json binary(const std::vector<std::int64_t>& values, Type type);

json column(const std::string& name, const json& data, const json& mask = nullptr);
json category(const std::string& name, std::int64_t rows, const std::vector<json>& columns);
json block(const std::string& header, const std::vector<json>& categories);
json file(const std::vector<json>& blocks);
/// The bytes of a file.
std::string packed(const json& file);

}  // namespace mmgym::testing::bcif
