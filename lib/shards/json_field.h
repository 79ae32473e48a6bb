#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// A value in a JSON file that may be damaged. All errors are ShardErrors that begin with the file
/// and the path of the value: "index.json: parameters.grid is missing".
class JsonField {
 public:
  /// The root of a file. The field refers to the value, which must outlive it.
  JsonField(const nlohmann::json& value, std::string file);

  /// A value of an object. Throws ShardError if this is not an object or has no such key.
  JsonField at(const std::string& key) const;
  bool has(const std::string& key) const { return value_->contains(key); }

  /// All values of a list. Throws ShardError if this is not a list.
  std::vector<JsonField> items() const;
  /// Also throws ShardError if the list has another length.
  std::vector<JsonField> items(std::size_t length) const;

  /// These throw ShardError if the value has another type or is out of range.
  const std::string& text() const;
  bool boolean() const;
  std::uint64_t whole_number(std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const;
  double number(double least = -1e30, double most = 1e30) const;

  const nlohmann::json& value() const { return *value_; }

  /// Throws ShardError: the file, the path, and what is wrong.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  JsonField child(const nlohmann::json& value, const std::string& path) const;
  [[noreturn]] void fail_as(std::string_view wanted) const;

  const nlohmann::json* value_;
  std::string file_;
  std::string path_;  // empty for the root
};

/// The text as one printable line, shortened if it is long.
std::string one_line(std::string_view text);

/// The text as one line, in quotes, without control characters, shortened if it is long.
std::string in_quotes(std::string_view text);

/// Parses JSON text; a discarded value if it is not JSON. Throws ShardError if it is nested too
/// deeply or has too many values for a file of mmgym, before it takes more memory.
nlohmann::json parse_json(std::string_view text, const std::string& file);

}  // namespace mmgym
