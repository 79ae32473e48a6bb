#pragma once

#include <nlohmann/json.hpp>

#include "base/setting.h"

namespace mmgym {

/// The member's value as JSON: an enum by its name, nothing as null.
template <typename Struct, typename... Types>
nlohmann::ordered_json json_of(const Setting<Struct, Types...>& setting, const Struct& values) {
  return std::visit(
      [&](auto member) -> nlohmann::ordered_json {
        const auto& value = values.*member;
        using Type = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_enum_v<Type>)
          return name_of(value);
        else if constexpr (std::is_same_v<Type, std::optional<double>>)
          return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
        else
          return value;
      },
      setting.member);
}

}  // namespace mmgym
