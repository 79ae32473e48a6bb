#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "settings/enum_names.h"
#include "settings/number_range.h"

namespace mmgym {

/// A type with its own text format: parse() reads a text or throws UsageError, text() writes it.
template <typename T>
concept HasOwnText = requires(const T& value, std::string_view text) {
  { T::parse(text) } -> std::same_as<T>;
  { value.text() } -> std::same_as<std::string>;
};

/// A member of a struct that users set, with its name, range and help text. Flags, metadata, JSON
/// and error messages come from tables of settings.
/// `Types` are the types of members: double, int, bool, std::string, std::vector<std::string>,
/// enums with kEnumNames, and types with their own text.
template <typename Struct, typename... Types>
struct Setting {
  /// Key in metadata and JSON, ending with the unit: "zone_size_A". Empty: in neither.
  std::string_view key;
  std::variant<Types Struct::*...> member;
  /// Help text of the flag. Empty: no flag.
  std::string_view help;
  /// Valid values of a number.
  NumberRange range = {};
  /// Label of the value in help texts. Empty: the unit.
  std::string_view value_label = {};
  /// Name for users if it is not the key: "distance_A" for the key "view_distance_A".
  std::string_view own_name = {};

  std::string_view name() const { return own_name.empty() ? key : own_name; }
};

/// Returns the flag of a setting: --zone-size for "zone_size_A".
std::string flag_of(std::string_view name);

/// Returns the label of the unit at the end of a name: "A" for "zone_size_A".
std::string_view unit_label(std::string_view name);

/// Throws UsageError unless the text is `true` or `false`.
bool read_bool(std::string_view text);

/// Returns the end of a range as an int, clamped to the range of int.
int int_bound(double bound);

/// Throws UsageError, which begins with the flag, if the member is a number outside of its range.
template <typename Struct, typename... Types>
void check_range(const Setting<Struct, Types...>& setting, const Struct& values) {
  std::visit(
      [&](auto member) {
        using Type = std::remove_cvref_t<decltype(values.*member)>;
        if constexpr (std::is_same_v<Type, double> || std::is_same_v<Type, int>)
          read_flag(flag_of(setting.name()), [&] { check_number(values.*member, setting.range); });
      },
      setting.member);
}

/// Sets the member from a text. Commas separate the items of a list; a bool is `true` or `false`.
/// Throws UsageError, which begins with the flag, if the text is not a valid value.
template <typename Struct, typename... Types>
void set_from_text(const Setting<Struct, Types...>& setting, Struct& values,
                   std::string_view text) {
  std::visit(
      [&](auto member) {
        auto& value = values.*member;
        using Type = std::remove_cvref_t<decltype(value)>;
        read_flag(flag_of(setting.name()), [&] {
          if constexpr (std::is_same_v<Type, double>)
            value = read_number(text, setting.range);
          else if constexpr (HasOwnText<Type>)
            value = Type::parse(text);
          else if constexpr (std::is_same_v<Type, int>)
            value = read_whole_number(text, int_bound(setting.range.least),
                                      int_bound(setting.range.most));
          else if constexpr (std::is_same_v<Type, bool>)
            value = read_bool(text);
          else if constexpr (std::is_enum_v<Type>)
            value = value_named<Type>(text);
          else if constexpr (std::is_same_v<Type, std::string>)
            value = text;
          else {
            const auto items = split_at(text, ',');
            value.assign(items.begin(), items.end());
          }
        });
      },
      setting.member);
}

/// Returns the member as text that set_from_text reads; empty for a default that depends on others.
template <typename Struct, typename... Types>
std::string text_of(const Setting<Struct, Types...>& setting, const Struct& values) {
  return std::visit(
      [&](auto member) -> std::string {
        const auto& value = values.*member;
        using Type = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<Type, double>)
          return number_text(value);
        else if constexpr (HasOwnText<Type>)
          return value.text();
        else if constexpr (std::is_same_v<Type, int>)
          return std::to_string(value);
        else if constexpr (std::is_same_v<Type, bool>)
          return value ? "true" : "false";
        else if constexpr (std::is_enum_v<Type>)
          return std::string(name_of(value));
        else if constexpr (std::is_same_v<Type, std::string>)
          return value;
        else {
          std::string text;
          for (const std::string& item : value) text += (text.empty() ? "" : ",") + item;
          return text;
        }
      },
      setting.member);
}

}  // namespace mmgym
