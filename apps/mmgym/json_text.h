#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

namespace mmgym {

/// Returns indented JSON that ends with a line feed. JSON must be UTF-8, but names of files and
/// splits may not be: their invalid bytes become U+FFFD. Control characters are escaped, also those
/// that JSON allows.
inline std::string json_text(const nlohmann::ordered_json& value) {
  const std::string dumped =
      value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  std::string text;
  for (std::size_t i = 0; i < dumped.size(); ++i) {
    const auto byte = static_cast<unsigned char>(dumped[i]);
    const auto next = i + 1 < dumped.size() ? static_cast<unsigned char>(dumped[i + 1]) : 0;
    if (byte == 0x7f)
      text += "\\u007f";
    else if (byte == 0xc2 && next < 0xa0)  // U+0080 to U+009F
      text += fmt::format("\\u{:04x}", static_cast<unsigned char>(dumped[++i]));
    else
      text += dumped[i];
  }
  return text;
}

}  // namespace mmgym
