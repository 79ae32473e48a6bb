#include "shards/json_field.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"
#include "encoding/shard_error.h"
#include "settings/number_range.h"

namespace mmgym {
namespace {

using nlohmann::json;

// The library copies and compares nested values by recursion. mmgym's own files have five levels.
constexpr int kMostLevels = 32;
// An index has 5 values per shard: this is enough for 800,000 shards.
constexpr std::size_t kMostValues = 4'000'000;

/// A value in a few words: containers may be long.
std::string described(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  return value.is_string() ? in_quotes(value.get_ref<const std::string&>()) : value.dump();
}

}  // namespace

JsonField::JsonField(const json& value, std::string file)
    : value_(&value), file_(std::move(file)) {}

JsonField JsonField::child(const json& value, const std::string& path) const {
  JsonField field(value, file_);
  field.path_ = path;
  return field;
}

JsonField JsonField::at(const std::string& key) const {
  if (!value_->is_object()) fail_as("an object");
  const std::string path = path_.empty() ? key : path_ + '.' + key;
  const auto found = value_->find(key);
  if (found == value_->end()) child(*value_, path).fail("is missing");
  return child(*found, path);
}

std::vector<JsonField> JsonField::items() const {
  if (!value_->is_array()) fail_as("a list");
  std::vector<JsonField> fields;
  fields.reserve(value_->size());
  for (const json& item : *value_)
    fields.push_back(child(item, fmt::format("{}[{}]", path_, fields.size())));
  return fields;
}

std::vector<JsonField> JsonField::items(std::size_t length) const {
  if (!value_->is_array()) fail_as("a list");
  if (value_->size() != length)
    fail(fmt::format("has {} items instead of {}", value_->size(), length));
  return items();
}

const std::string& JsonField::text() const {
  if (!value_->is_string()) fail_as("a text");
  return value_->get_ref<const std::string&>();
}

bool JsonField::boolean() const {
  if (!value_->is_boolean()) fail_as("true or false");
  return value_->get<bool>();
}

std::uint64_t JsonField::whole_number(std::uint64_t most) const {
  // A number of type signed is negative, or was not parsed.
  const bool fits = value_->is_number_integer() &&
                    (value_->is_number_unsigned() || value_->get<std::int64_t>() >= 0);
  if (!fits || value_->get<std::uint64_t>() > most)
    fail_as(most == std::numeric_limits<std::uint64_t>::max()
                ? "a whole number"
                : fmt::format("a whole number from 0 to {}", most));
  return value_->get<std::uint64_t>();
}

double JsonField::number(double least, double most) const {
  const double number = value_->is_number() ? value_->get<double>() : most;
  if (!value_->is_number() || !(number >= least && number <= most))
    fail_as(fmt::format("a number from {} to {}", number_text(least), number_text(most)));
  return number;
}

void JsonField::fail(const std::string& what) const {
  throw ShardError(fmt::format("{}: {} {}", file_, one_line(path_.empty() ? "the file" : path_),
                               one_line(what)));
}

void JsonField::fail_as(std::string_view wanted) const {
  fail(fmt::format("is {}, not {}", described(*value_), wanted));
}

std::string one_line(std::string_view text) {
  constexpr std::size_t kMost = 300;
  return printable(text.substr(0, kMost)) + (text.size() > kMost ? "..." : "");
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMost = 60;
  const bool is_long = text.size() > kMost;
  std::string line =
      json(text.substr(0, kMost)).dump(-1, ' ', true, json::error_handler_t::replace);
  return is_long ? line + "..." : line;
}

json parse_json(std::string_view text, const std::string& file) {
  std::size_t values = 0;
  const auto check = [&](int depth, json::parse_event_t event, const json&) {
    if (depth > kMostLevels)
      throw ShardError(
          fmt::format("{}: has more than {} levels of nested lists or objects", file, kMostLevels));
    using Event = json::parse_event_t;
    if (event == Event::value || event == Event::object_start || event == Event::array_start)
      if (++values > kMostValues)
        throw ShardError(fmt::format("{}: has more than {} values", file, kMostValues));
    return true;
  };
  return json::parse(text, check, false);
}

}  // namespace mmgym
