#include "bcif/message_pack.h"

#include <cmath>
#include <msgpack.hpp>
#include <string>

#include "bcif/damage.h"

namespace mmgym {
namespace {

/// Maps and arrays within one another. BinaryCIF has 12: they alternate from the file over block,
/// category, column, data and StringArray to the encodings of its indices.
constexpr std::uint32_t kMostDepth = 32;

/// Counts the values of a text without storing any: a few bytes can promise billions.
class ValueCounter : public msgpack::null_visitor {
 public:
  explicit ValueCounter(std::size_t bytes) : bytes_(bytes) {}

  std::uint64_t count() const { return count_; }

  bool start_array(std::uint32_t size) { return enter(size); }
  bool end_array() { return leave(); }
  bool start_map(std::uint32_t size) { return enter(std::uint64_t{2} * size); }
  bool end_map() { return leave(); }
  void parse_error(std::size_t, std::size_t offset) {
    throw Damage{"byte " + std::to_string(offset) + " is not MessagePack"};
  }
  void insufficient_bytes(std::size_t, std::size_t) { throw Damage{"the data is cut short"}; }

 private:
  bool enter(std::uint64_t values) {
    count_ += values;
    // Every value takes a byte or more.
    if (count_ > bytes_) throw Damage{"the data is cut short"};
    if (++depth_ > kMostDepth) throw Damage{"values are nested too deeply"};
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }

  std::uint64_t bytes_;
  std::uint64_t count_ = 1;
  std::uint32_t depth_ = 0;
};

std::uint64_t count_values(std::string_view bytes) {
  ValueCounter counter(bytes.size());
  std::size_t used = 0;
  if (!msgpack::parse(bytes.data(), bytes.size(), used, counter))
    throw Damage{"the data is not MessagePack"};
  if (used != bytes.size()) throw Damage{"the data has bytes after its end"};
  return counter.count();
}

bool keep_in_place(msgpack::type::object_type, std::size_t, void*) { return true; }

[[noreturn]] void refuse_type(std::string_view key, const char* expected) {
  throw Damage{std::string(key) + " is not " + expected};
}

/// Some writers in Python store texts as binary data.
bool is_text(const msgpack::object& object) {
  return object.type == msgpack::type::STR || object.type == msgpack::type::BIN;
}

std::string_view text_of(const msgpack::object& object) {
  if (object.type == msgpack::type::BIN) return {object.via.bin.ptr, object.via.bin.size};
  return {object.via.str.ptr, object.via.str.size};
}

}  // namespace

const msgpack::object* PackedMap::find(std::string_view key) const {
  const msgpack::object_map& map = object_->via.map;
  for (std::uint32_t i = 0; i < map.size; ++i)
    if (is_text(map.ptr[i].key) && text_of(map.ptr[i].key) == key) return &map.ptr[i].val;
  return nullptr;
}

const msgpack::object& PackedMap::at(std::string_view key) const {
  const msgpack::object* found = find(key);
  if (found == nullptr) throw Damage{std::string(key) + " is missing"};
  return *found;
}

bool PackedMap::has(std::string_view key) const {
  const msgpack::object* found = find(key);
  return found != nullptr && found->type != msgpack::type::NIL;
}

std::string_view PackedMap::text(std::string_view key) const {
  const msgpack::object& object = at(key);
  if (!is_text(object)) refuse_type(key, "a text");
  return text_of(object);
}

std::string_view PackedMap::bytes(std::string_view key) const {
  const msgpack::object& object = at(key);
  if (!is_text(object)) refuse_type(key, "binary data");
  return text_of(object);
}

std::int64_t PackedMap::integer(std::string_view key) const {
  const msgpack::object& object = at(key);
  if (object.type == msgpack::type::NEGATIVE_INTEGER) return object.via.i64;
  if (object.type == msgpack::type::POSITIVE_INTEGER && object.via.u64 <= INT64_MAX)
    return static_cast<std::int64_t>(object.via.u64);
  const bool is_float =
      object.type == msgpack::type::FLOAT32 || object.type == msgpack::type::FLOAT64;
  constexpr double kAllExact = 0x1p53;
  // Also false for NaN.
  if (is_float && std::abs(object.via.f64) <= kAllExact &&
      object.via.f64 == std::trunc(object.via.f64))
    return static_cast<std::int64_t>(object.via.f64);
  refuse_type(key, "an integer");
}

double PackedMap::number(std::string_view key) const {
  const msgpack::object& object = at(key);
  switch (object.type) {
    case msgpack::type::NEGATIVE_INTEGER:
      return static_cast<double>(object.via.i64);
    case msgpack::type::POSITIVE_INTEGER:
      return static_cast<double>(object.via.u64);
    case msgpack::type::FLOAT32:
    case msgpack::type::FLOAT64:
      if (std::isfinite(object.via.f64)) return object.via.f64;
      refuse_type(key, "a finite number");
    default:
      refuse_type(key, "a number");
  }
}

bool PackedMap::flag(std::string_view key) const {
  const msgpack::object& object = at(key);
  if (object.type != msgpack::type::BOOLEAN) refuse_type(key, "true or false");
  return object.via.boolean;
}

PackedMap PackedMap::map(std::string_view key) const {
  const msgpack::object& object = at(key);
  if (object.type != msgpack::type::MAP) refuse_type(key, "a map");
  return PackedMap(object);
}

std::vector<PackedMap> PackedMap::maps(std::string_view key) const {
  const msgpack::object& object = at(key);
  if (object.type != msgpack::type::ARRAY) refuse_type(key, "an array");
  std::vector<PackedMap> result;
  result.reserve(object.via.array.size);
  for (std::uint32_t i = 0; i < object.via.array.size; ++i) {
    if (object.via.array.ptr[i].type != msgpack::type::MAP) refuse_type(key, "an array of maps");
    result.emplace_back(object.via.array.ptr[i]);
  }
  return result;
}

struct MessagePackText::Objects {
  msgpack::object_handle root;
};

MessagePackText::MessagePackText(std::string_view bytes,
                                 const std::shared_ptr<MemoryBudget>& budget)
    : share_(budget, count_values(bytes) * sizeof(msgpack::object)),
      objects_(std::make_unique<Objects>()) {
  bool refers_to_bytes = false;
  // The limits are msgpack's, which are none: all sizes were checked above.
  objects_->root = msgpack::unpack(bytes.data(), bytes.size(), refers_to_bytes, keep_in_place);
  if (objects_->root->type != msgpack::type::MAP) throw Damage{"the data is not a map"};
}

MessagePackText::~MessagePackText() = default;

PackedMap MessagePackText::root() const { return PackedMap(objects_->root.get()); }

}  // namespace mmgym
