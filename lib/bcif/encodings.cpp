// The encodings of numbers. https://github.com/molstar/BinaryCIF/blob/master/encoding.md defines
// them; where it is silent, this does what Mol*, the reference, does.

#include "bcif/encodings.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include "bcif/damage.h"

namespace mmgym {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are stored little-endian");

using Budget = std::shared_ptr<MemoryBudget>;

/// Real data has up to four.
constexpr std::size_t kMostEncodings = 10;

/// The types of numbers, with the codes that files have.
enum class DataType {
  int8 = 1,
  int16 = 2,
  int32 = 3,
  uint8 = 4,
  uint16 = 5,
  uint32 = 6,
  float32 = 32,
  float64 = 33
};

/// Reads the type under a key.
DataType type_in(const PackedMap& encoding, const char* key) {
  const std::int64_t code = encoding.integer(key);
  if ((code < 1 || code > 6) && code != 32 && code != 33)
    throw Damage{std::string(key) + " " + std::to_string(code) + " of " +
                 shown(encoding.text("kind")) + " is unknown"};
  return static_cast<DataType>(code);
}

/// Bytes as the file has them. They become numbers in the step that needs these, which saves an
/// array for most columns.
struct RawNumbers {
  DataType type;
  std::string_view bytes;
};

using AnyNumbers = std::variant<RawNumbers, Integers, CountedArray<double>>;

bool is_float(DataType type) { return type == DataType::float32 || type == DataType::float64; }

/// Calls visit(T()) for a type of integers.
template <typename Visit>
auto visit_integer_type(DataType type, Visit visit) {
  if (type == DataType::int8) return visit(std::int8_t());
  if (type == DataType::int16) return visit(std::int16_t());
  if (type == DataType::uint8) return visit(std::uint8_t());
  if (type == DataType::uint16) return visit(std::uint16_t());
  if (type == DataType::uint32) return visit(std::uint32_t());
  return visit(std::int32_t());
}

/// Calls visit(T()) for any type.
template <typename Visit>
auto visit_type(DataType type, Visit visit) {
  if (type == DataType::float32) return visit(float());
  if (type == DataType::float64) return visit(double());
  return visit_integer_type(type, visit);
}

/// Reads the numbers of a ByteArray, whose bytes can be at any address.
template <typename T>
class RawReader {
 public:
  explicit RawReader(std::string_view bytes) : data_(bytes.data()) {}
  /// Small integers become int.
  auto operator[](std::size_t i) const -> decltype(+T()) {
    T value;
    std::memcpy(&value, data_ + i * sizeof(T), sizeof(T));
    return value;
  }

 private:
  const char* data_;
};

std::size_t size_of(DataType type) {
  return visit_type(type, [](auto zero) { return sizeof(zero); });
}

std::size_t count_of(const AnyNumbers& numbers) {
  if (const auto* raw = std::get_if<RawNumbers>(&numbers))
    return raw->bytes.size() / size_of(raw->type);
  if (const auto* integers = std::get_if<Integers>(&numbers)) return integers->values.size();
  return std::get<CountedArray<double>>(numbers).size();
}

/// Throws Damage if an encoding results in too many numbers.
void check_count(const char* kind, std::uint64_t count, const CountLimit& limit) {
  if (count > limit.most)
    throw Damage{std::string(kind) + " gives " + std::to_string(count) + " values, " +
                 limit.reason};
}

template <typename T, typename U>
CountedArray<U> converted(const RawNumbers& raw, std::size_t count, const Budget& budget) {
  CountedArray<U> result(budget, count);
  const RawReader<T> values(raw.bytes);
  for (std::size_t i = 0; i < count; ++i) result[i] = static_cast<U>(values[i]);
  return result;
}

/// The numbers as they are, converted from bytes.
Numbers without_bytes(AnyNumbers numbers, const Budget& budget) {
  if (auto* integers = std::get_if<Integers>(&numbers)) return std::move(*integers);
  if (auto* doubles = std::get_if<CountedArray<double>>(&numbers)) return std::move(*doubles);
  const auto& raw = std::get<RawNumbers>(numbers);
  const std::size_t count = count_of(numbers);
  return visit_type(raw.type, [&](auto zero) -> Numbers {
    using T = decltype(zero);
    if constexpr (std::is_floating_point_v<T>) {
      return converted<T, double>(raw, count, budget);
    } else {
      return Integers{converted<T, std::int32_t>(raw, count, budget), raw.type == DataType::uint32};
    }
  });
}

/// The integers that an encoding was applied to. Throws Damage if they are none.
Integers integers_in(AnyNumbers numbers, const char* kind, const Budget& budget) {
  Numbers result = without_bytes(std::move(numbers), budget);
  if (auto* integers = std::get_if<Integers>(&result)) return std::move(*integers);
  throw Damage{std::string(kind) + " of numbers that are not integers"};
}

template <typename T>
std::int32_t wrapped(std::int32_t value) {
  return static_cast<T>(value);
}

template <typename T>
void wrap_each(CountedArray<std::int32_t>& values) {
  std::transform(values.begin(), values.end(), values.begin(), wrapped<T>);
}

/// Converts to a type of integers modulo its range: an array of the type, which the reference
/// decoder fills, does so.
void wrap(Integers& integers, DataType type) {
  integers.is_unsigned = type == DataType::uint32;
  if (type == DataType::int8) wrap_each<std::int8_t>(integers.values);
  if (type == DataType::int16) wrap_each<std::int16_t>(integers.values);
  if (type == DataType::uint8) wrap_each<std::uint8_t>(integers.values);
  if (type == DataType::uint16) wrap_each<std::uint16_t>(integers.values);
}

/// Reads the type of the integers that Delta or RunLength was applied to.
DataType integer_type(const PackedMap& encoding, const char* kind) {
  const DataType type = type_in(encoding, "srcType");
  if (is_float(type))
    throw Damage{"srcType of " + std::string(kind) + " is not a type of integers"};
  return type;
}

/// Reads srcSize: how many values an encoding was applied to.
std::size_t source_size(const PackedMap& encoding, const char* kind, const CountLimit& limit) {
  const std::int64_t size = encoding.integer("srcSize");
  if (size < 0) throw Damage{"srcSize of " + std::string(kind) + " is negative"};
  check_count(kind, static_cast<std::uint64_t>(size), limit);
  return static_cast<std::size_t>(size);
}

[[noreturn]] void refuse_source_size(const char* kind, std::size_t size) {
  throw Damage{"srcSize " + std::to_string(size) + " of " + kind + " is not the number of values"};
}

AnyNumbers decode_bytes(const PackedMap& encoding, std::string_view bytes,
                        const CountLimit& limit) {
  const RawNumbers raw = {type_in(encoding, "type"), bytes};
  const std::size_t size = size_of(raw.type);
  if (bytes.size() % size != 0)
    throw Damage{std::to_string(bytes.size()) + " bytes of ByteArray are not divisible by " +
                 std::to_string(size)};
  check_count("ByteArray", bytes.size() / size, limit);
  return raw;
}

template <typename Values>
CountedArray<double> divided(const Values& values, std::size_t count, double factor,
                             const Budget& budget) {
  CountedArray<double> result(budget, count);
  for (std::size_t i = 0; i < count; ++i) result[i] = static_cast<double>(values[i]) / factor;
  return result;
}

/// A quotient, which is the double nearest to the decimal number if the factor is a power of ten.
/// Not rounded to float if srcType is Float32: the writer had decimal numbers, and a float is
/// farther from these.
AnyNumbers decode_fixed_point(const PackedMap& encoding, AnyNumbers numbers, const Budget& budget) {
  const double factor = encoding.number("factor");
  if (!(factor > 0)) throw Damage{"factor of FixedPoint is not positive"};
  const std::size_t count = count_of(numbers);
  const Integers integers = integers_in(std::move(numbers), "FixedPoint", budget);
  if (integers.is_unsigned) return divided(integers, count, factor, budget);
  return divided(integers.values, count, factor, budget);
}

AnyNumbers decode_interval(const PackedMap& encoding, AnyNumbers numbers, const Budget& budget) {
  const double least = encoding.number("min");
  const double most = encoding.number("max");
  const std::int64_t steps = encoding.integer("numSteps");
  if (steps < 2) throw Damage{"numSteps of IntervalQuantization is less than 2"};
  const double step = (most - least) / static_cast<double>(steps - 1);
  if (!(step >= 0 && std::isfinite(step)))
    throw Damage{"min and max of IntervalQuantization are not an interval"};
  const Integers integers = integers_in(std::move(numbers), "IntervalQuantization", budget);
  CountedArray<double> result(budget, integers.values.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const std::int64_t value = integers[i];
    if (value < 0 || value >= steps)
      throw Damage{"IntervalQuantization has value " + std::to_string(value) + " of " +
                   std::to_string(steps) + " steps"};
    result[i] = least + step * static_cast<double>(value);
  }
  return result;
}

AnyNumbers decode_run_length(const PackedMap& encoding, AnyNumbers numbers, const CountLimit& limit,
                             const Budget& budget) {
  constexpr const char* kKind = "RunLength";
  const DataType type = integer_type(encoding, kKind);
  const Integers runs = integers_in(std::move(numbers), kKind, budget);
  if (runs.values.size() % 2 != 0) throw Damage{"RunLength has a value without a count"};
  std::uint64_t count = 0;
  for (std::size_t i = 1; i < runs.values.size(); i += 2) {
    if (runs[i] < 0) throw Damage{"RunLength has count " + std::to_string(runs[i])};
    count += static_cast<std::uint64_t>(runs[i]);
  }
  check_count(kKind, count, limit);
  const std::size_t size = source_size(encoding, kKind, limit);
  if (count != size) refuse_source_size(kKind, size);

  Integers result{CountedArray<std::int32_t>(budget, size)};
  std::int32_t* next = result.values.begin();
  for (std::size_t i = 0; i < runs.values.size(); i += 2)
    next = std::fill_n(next, runs[i + 1], runs.values[i]);
  wrap(result, type);
  return result;
}

AnyNumbers decode_delta(const PackedMap& encoding, AnyNumbers numbers, const Budget& budget) {
  const DataType type = integer_type(encoding, "Delta");
  const std::int64_t origin = encoding.integer("origin");
  Integers result = integers_in(std::move(numbers), "Delta", budget);
  // Unsigned, so that an overflow is defined: encoders subtract modulo the range of the type too.
  auto sum = static_cast<std::uint32_t>(origin);
  for (std::int32_t& value : result.values) {
    sum += static_cast<std::uint32_t>(value);
    value = static_cast<std::int32_t>(sum);
  }
  wrap(result, type);
  return result;
}

/// The extreme values of the small type, which mean that a value goes on in the next one.
struct PackingLimits {
  std::int64_t least;
  std::int64_t most;
};

PackingLimits packing_limits(const PackedMap& encoding) {
  const std::int64_t bytes = encoding.integer("byteCount");
  if (bytes != 1 && bytes != 2)
    throw Damage{"byteCount " + std::to_string(bytes) + " of IntegerPacking is not 1 or 2"};
  if (encoding.flag("isUnsigned"))
    return {std::numeric_limits<std::int64_t>::min(), bytes == 1 ? 0xff : 0xffff};
  return bytes == 1 ? PackingLimits{-0x80, 0x7f} : PackingLimits{-0x8000, 0x7fff};
}

template <typename Values>
Integers unpacked(const Values& values, std::size_t count, const PackingLimits& limits,
                  std::size_t size, const Budget& budget) {
  Integers result{CountedArray<std::int32_t>(budget, size)};
  std::size_t filled = 0;
  std::int64_t sum = 0;  // of less than 2^32 values of 32 bits
  bool goes_on = false;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t value = values[i];
    sum += value;
    goes_on = value == limits.least || value == limits.most;
    if (goes_on) continue;
    if (filled == size) refuse_source_size("IntegerPacking", size);
    result.values[filled++] = static_cast<std::int32_t>(sum);
    if (sum != static_cast<std::int32_t>(sum))
      throw Damage{"IntegerPacking gives " + std::to_string(sum) + ", which exceeds 32 bits"};
    sum = 0;
  }
  if (goes_on) throw Damage{"IntegerPacking ends within a value"};
  if (filled != size) refuse_source_size("IntegerPacking", size);
  return result;
}

AnyNumbers decode_packing(const PackedMap& encoding, AnyNumbers numbers, const CountLimit& limit,
                          const Budget& budget) {
  constexpr const char* kKind = "IntegerPacking";
  const PackingLimits limits = packing_limits(encoding);
  const std::size_t count = count_of(numbers);
  const std::size_t size = source_size(encoding, kKind, limit);
  if (size > count) refuse_source_size(kKind, size);
  const auto* raw = std::get_if<RawNumbers>(&numbers);
  if (raw != nullptr && !is_float(raw->type))
    return visit_integer_type(raw->type, [&](auto zero) -> AnyNumbers {
      return unpacked(RawReader<decltype(zero)>(raw->bytes), count, limits, size, budget);
    });
  return unpacked(integers_in(std::move(numbers), kKind, budget), count, limits, size, budget);
}

/// Returns the limit of the values that an encoding was turned into. RunLength has two for each
/// value at most, but IntegerPacking has any number; the bytes limit these.
CountLimit limit_before(const PackedMap& encoding, CountLimit limit) {
  constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();
  const std::string_view kind = encoding.text("kind");
  if (kind == "RunLength") limit.most = limit.most > kAny / 2 ? kAny : 2 * limit.most;
  if (kind == "IntegerPacking") limit.most = kAny;
  return limit;
}

AnyNumbers decode_step(const PackedMap& encoding, AnyNumbers numbers, const CountLimit& limit,
                       const Budget& budget) {
  const std::string_view kind = encoding.text("kind");
  if (kind == "FixedPoint") return decode_fixed_point(encoding, std::move(numbers), budget);
  if (kind == "IntervalQuantization") return decode_interval(encoding, std::move(numbers), budget);
  if (kind == "RunLength") return decode_run_length(encoding, std::move(numbers), limit, budget);
  if (kind == "Delta") return decode_delta(encoding, std::move(numbers), budget);
  if (kind == "IntegerPacking") return decode_packing(encoding, std::move(numbers), limit, budget);
  if (kind == "ByteArray") throw Damage{"ByteArray is not the last encoding"};
  if (kind == "StringArray") throw Damage{"StringArray is not the only encoding"};
  throw Damage{"encoding '" + shown(kind) + "' is unknown"};
}

}  // namespace

Numbers decode_numbers(const std::vector<PackedMap>& encodings, std::string_view bytes,
                       const CountLimit& limit, const std::shared_ptr<MemoryBudget>& budget) {
  if (encodings.empty()) throw Damage{"there are no encodings"};
  if (encodings.size() > kMostEncodings)
    throw Damage{"there are " + std::to_string(encodings.size()) + " encodings"};
  std::vector<CountLimit> limits = {limit};
  for (const PackedMap& encoding : encodings)
    limits.push_back(limit_before(encoding, limits.back()));

  std::size_t left = encodings.size() - 1;
  const std::string_view last = encodings[left].text("kind");
  if (last != "ByteArray")
    throw Damage{"the last encoding is '" + shown(last) + "', not ByteArray"};
  AnyNumbers numbers = decode_bytes(encodings[left], bytes, limits[left]);
  while (left-- > 0)
    numbers = decode_step(encodings[left], std::move(numbers), limits[left], budget);
  return without_bytes(std::move(numbers), budget);
}

Integers decode_integers(const std::vector<PackedMap>& encodings, std::string_view bytes,
                         const CountLimit& limit, const std::shared_ptr<MemoryBudget>& budget,
                         const char* things) {
  Numbers numbers = decode_numbers(encodings, bytes, limit, budget);
  if (auto* integers = std::get_if<Integers>(&numbers)) return std::move(*integers);
  throw Damage{std::string(things) + " are not integers"};
}

}  // namespace mmgym
