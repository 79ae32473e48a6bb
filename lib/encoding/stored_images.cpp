#include "encoding/stored_images.h"

#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

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

// A header of .npy version 1.
constexpr std::size_t kMostHeaderBytes = 10 + 0xffff;

void require_finite(const NpyArray& array, const std::string& name) {
  // The largest voxel is the volume of an atom in a grid of the coarsest resolution.
  constexpr double kMost = 1e30;
  for (const double value : array.values)
    if (!(std::abs(value) <= kMost))
      throw ShardError(name + " has a number that no voxel can have");
}

}  // namespace

std::uint64_t number_of_values(std::span<const std::uint64_t> shape) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 40;
  std::uint64_t count = 1;
  for (const std::uint64_t length : shape) {
    if (length != 0 && count > kMost / length) throw ShardError("an array is too large");
    count *= length;
  }
  return count;
}

std::optional<NpyArray> stored_array(const std::map<std::string, std::vector<std::byte>>& files,
                                     const std::string& name, std::uint64_t most) {
  const auto plain = files.find(name);
  const auto packed = files.find(name + ".gz");
  if (plain == files.end() && packed == files.end()) return std::nullopt;
  const bool is_packed = plain == files.end();
  const std::string full_name = is_packed ? name + ".gz" : name;
  NpyArray array;
  try {
    array = is_packed ? parse_npy(gunzip(packed->second, kMostHeaderBytes + sizeof(double) * most))
                      : parse_npy(plain->second);
  } catch (const ShardError& error) {
    throw ShardError(full_name + ": " + error.what());
  }
  if (array.values.size() > most) throw ShardError(full_name + " has too many numbers");
  return array;
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
    const auto is_shallow = [](int depth, auto, const auto&) { return depth <= 2; };
    const auto fields = nlohmann::json::parse(as_json(header), is_shallow);
    if (fields.at("fortran_order").get<bool>())
      throw ShardError("a .npy file is in Fortran order, which mmgym does not write");
    type = fields.at("descr");
    for (const auto& length : fields.at("shape")) {
      if (!length.is_number_unsigned()) throw ShardError("a .npy file has an invalid shape");
      array.shape.push_back(length.get<std::uint64_t>());
    }
  } catch (const nlohmann::json::exception&) {
    throw ShardError("a .npy file has a header that mmgym does not write");
  }
  const std::uint64_t count = number_of_values(array.shape);
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
    throw ShardError("a .npy file has numbers of an unknown type");
  return array;
}

std::vector<float> stored_images(const std::map<std::string, std::vector<std::byte>>& files,
                                 const std::vector<std::uint64_t>& shape) {
  const std::uint64_t size = number_of_values(shape);
  if (const auto dense = stored_array(files, "npy", size)) {
    if (dense->shape != shape) throw ShardError("npy does not have the shape in the index");
    require_finite(*dense, "npy");
    return {dense->values.begin(), dense->values.end()};
  }
  const auto places = stored_array(files, "idx.npy", size);
  const auto values = stored_array(files, "val.npy", size);
  if (!places || !values) throw ShardError("npy is missing, and so is idx.npy or val.npy");
  if (places->shape.size() != 1 || values->shape != places->shape)
    throw ShardError("idx.npy and val.npy are not two lists of one length");
  require_finite(*values, "val.npy");
  std::vector<float> images(size, 0);
  double last = -1;
  for (std::size_t i = 0; i < places->values.size(); ++i) {
    const double place = places->values[i];
    if (!(place < static_cast<double>(size)))
      throw ShardError("idx.npy has a voxel outside the image");
    if (!(place > last) || place != std::floor(place))
      throw ShardError("idx.npy has places that do not ascend");
    images[static_cast<std::size_t>(place)] = static_cast<float>(values->values[i]);
    last = place;
  }
  return images;
}

}  // namespace mmgym
