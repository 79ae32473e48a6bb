#pragma once

#include <nlohmann/json.hpp>

#include "settings/setting.h"

namespace mmgym {

/// Returns the text as a JSON number if it is one, else as a JSON string.
inline nlohmann::ordered_json number_or_text(const std::string& text) {
  double number = 0;
  if (parse_number(text, number)) return number;
  return text;
}

/// Returns the member as JSON: an enum by its name, a type with its own text by number_or_text().
template <typename Struct, typename... Types>
nlohmann::ordered_json json_of(const Setting<Struct, Types...>& setting, const Struct& values) {
  return std::visit(
      [&](auto member) -> nlohmann::ordered_json {
        const auto& value = values.*member;
        using Type = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_enum_v<Type>)
          return name_of(value);
        else if constexpr (HasOwnText<Type>)
          return number_or_text(value.text());
        else
          return value;
      },
      setting.member);
}

}  // namespace mmgym
