#include "encoding/stored_images.h"

#include <cmath>
#include <cstring>
#include <functional>
#include <nlohmann/json.hpp>
#include <numeric>

#include "encoding/gzip.h"
#include "encoding/shard_error.h"

namespace mmgym {
namespace {

/// Converts an IEEE 754 binary16 number.
double from_float16(std::uint16_t bits) {
  const int exponent = bits >> 10 & 0x1f;
  const int fraction = bits & 0x3ff;
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  if (exponent == 0x1f) return fraction == 0 ? sign * HUGE_VAL : std::nan("");
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  return sign * std::ldexp(fraction + 0x400, exponent - 25);
}

template <typename Stored, typename Convert>
std::vector<double> numbers(std::span<const std::byte> bytes, std::size_t count, Convert convert) {
  if (bytes.size() != count * sizeof(Stored))
    throw ShardError("the size of a .npy file does not match its shape");
  std::vector<double> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    Stored stored;
    std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
    values[i] = convert(stored);
  }
  return values;
}

/// Converts the header of a .npy file (a Python dict of strings, booleans and a tuple of numbers)
/// to JSON.
std::string as_json(const std::string& header) {
  std::string text;
  for (const char c : header) {
    if (c == ')' || c == '}')
      text.erase(text.find_last_not_of(", ") + 1);  // a comma may end a list
    text += c == '\'' ? '"' : c == '(' ? '[' : c == ')' ? ']' : c == 'T' ? 't' : c == 'F' ? 'f' : c;
  }
  return text;
}

std::size_t product(const std::vector<std::uint64_t>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

}  // namespace

NpyArray stored_array(const std::map<std::string, std::vector<std::byte>>& files,
                      const std::string& name) {
  if (const auto found = files.find(name); found != files.end()) return parse_npy(found->second);
  if (const auto found = files.find(name + ".gz"); found != files.end())
    return parse_npy(gunzip(found->second));
  return {};
}

NpyArray parse_npy(std::span<const std::byte> file) {
  constexpr std::size_t kPreamble = 10;
  if (file.size() < kPreamble || std::memcmp(file.data(), "\x93NUMPY\x01", 7) != 0)
    throw ShardError("not a .npy file of version 1");
  const std::size_t header_size =
      std::to_integer<std::size_t>(file[8]) | std::to_integer<std::size_t>(file[9]) << 8;
  if (file.size() < kPreamble + header_size) throw ShardError("a .npy file is cut short");
  const std::string header(reinterpret_cast<const char*>(file.data()) + kPreamble, header_size);
  const auto content = file.subspan(kPreamble + header_size);

  NpyArray array;
  std::string type;
  try {
    const auto fields = nlohmann::json::parse(as_json(header));
    if (fields.at("fortran_order").get<bool>())
      throw ShardError("a .npy file is in Fortran order, which mmgym does not write");
    type = fields.at("descr");
    array.shape = fields.at("shape").get<std::vector<std::uint64_t>>();
  } catch (const nlohmann::json::exception&) {
    throw ShardError("a .npy file has a header that mmgym does not write");
  }
  const std::size_t count = product(array.shape);
  const auto as_is = [](auto value) { return static_cast<double>(value); };
  if (type == "<f4")
    array.values = numbers<float>(content, count, as_is);
  else if (type == "<f2")
    array.values = numbers<std::uint16_t>(content, count, from_float16);
  else if (type == "<f8")
    array.values = numbers<double>(content, count, as_is);
  else if (type == "|u1")
    array.values = numbers<std::uint8_t>(content, count, as_is);
  else if (type == "<u4")
    array.values = numbers<std::uint32_t>(content, count, as_is);
  else
    throw ShardError("a .npy file has numbers of the unknown type " + type);
  return array;
}

std::vector<float> stored_images(const std::map<std::string, std::vector<std::byte>>& files,
                                 const std::vector<std::uint64_t>& shape) {
  std::vector<float> images(product(shape), 0);
  if (const NpyArray dense = stored_array(files, "npy"); !dense.shape.empty()) {
    if (dense.shape != shape)
      throw ShardError("the images of a sample do not have the shape in the index");
    for (std::size_t i = 0; i < images.size(); ++i) images[i] = static_cast<float>(dense.values[i]);
    return images;
  }
  const NpyArray places = stored_array(files, "idx.npy");
  const NpyArray values = stored_array(files, "val.npy");
  if (places.shape.empty() || values.values.size() != places.values.size())
    throw ShardError("a sample has no images");
  for (std::size_t i = 0; i < places.values.size(); ++i) {
    const auto place = static_cast<std::size_t>(places.values[i]);
    if (place >= images.size()) throw ShardError("a sample has a voxel outside the image");
    images[place] = static_cast<float>(values.values[i]);
  }
  return images;
}

}  // namespace mmgym
