#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace mmgym {

/// Indented JSON that ends with a line feed. JSON must be UTF-8, and what people name (files,
/// splits) need not be: bytes that are no UTF-8 become U+FFFD.
inline std::string json_text(const nlohmann::ordered_json& value) {
  return value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace mmgym
