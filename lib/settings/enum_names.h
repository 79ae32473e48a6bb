#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/errors.h"

namespace mmgym {

/// A value of an enum, and its name on the command line, in JSON and in Python.
template <typename Enum>
struct EnumName {
  std::string_view name;
  Enum value;
};

/// The names of an enum's values, in the order of help texts. An enum specializes this next to its
/// declaration, in the only list of its names:
///
///     template <>
///     inline constexpr std::array<EnumName<Task>, 2> kEnumNames<Task> = {
///         {{"neighbor", Task::neighbor}, {"single", Task::single}}};
template <typename Enum>
inline constexpr std::array<EnumName<Enum>, 0> kEnumNames = {};

template <typename Enum>
std::string_view name_of(Enum wanted) {
  for (const auto& [name, value] : kEnumNames<Enum>)
    if (value == wanted) return name;
  throw std::logic_error("an enum value without a name");
}

/// Returns all names, separated by `separator`.
template <typename Enum>
std::string joined_names(std::string_view separator) {
  std::string names;
  for (const auto& [name, value] : kEnumNames<Enum>)
    names.append(names.empty() ? "" : separator).append(name);
  return names;
}

/// Returns the value with this name. Throws UsageError, which lists all names, if it is unknown.
template <typename Enum>
Enum value_named(std::string_view wanted) {
  for (const auto& [name, value] : kEnumNames<Enum>)
    if (name == wanted) return value;
  throw UsageError("'" + std::string(wanted) + "' is not one of " + joined_names<Enum>(", "));
}

}  // namespace mmgym
