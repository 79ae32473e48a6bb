#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace mmgym {

/// Returns indented JSON that ends with a line feed. JSON must be UTF-8, but names of files and
/// splits may not be: their invalid bytes become U+FFFD. All other characters than ASCII, and
/// control characters, are escaped, so that the text is safe to print.
inline std::string json_text(const nlohmann::ordered_json& value) {
  return value.dump(2, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace mmgym
