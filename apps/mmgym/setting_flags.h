#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "settings/setting.h"

namespace mmgym {

/// Adds the flag of a setting (settings/setting.h). `values` has the defaults. `set` is called with
/// the text that the user gives.
template <typename Struct, typename... Types>
CLI::Option* add_setting(CLI::App& app, const Setting<Struct, Types...>& setting,
                         const Struct& values, std::function<void(const std::string&)> set) {
  const std::string flag = flag_of(setting.name());
  const std::string help(setting.help);
  return std::visit(
      [&](auto member) {
        using Type = std::remove_cvref_t<decltype(values.*member)>;
        if constexpr (std::is_same_v<Type, bool>) {
          return app.add_flag_function(
              flag, [set](std::int64_t count) { set(count > 0 ? "true" : "false"); }, help);
        } else {
          CLI::Option* option = nullptr;
          std::string label(setting.value_label);
          std::string default_text = text_of(setting, values);
          if constexpr (std::is_same_v<Type, std::vector<std::string>>) {
            // CLI11 splits lists; a list from a file is already split.
            option = app.add_option_function<std::vector<std::string>>(
                            flag, [set](const auto& items) { set(CLI::detail::join(items)); }, help)
                         ->delimiter(',');
            if (!default_text.empty()) default_text = "[" + default_text + "]";
          } else {
            option = app.add_option_function<std::string>(flag, set, help);
            if constexpr (std::is_enum_v<Type>) label = "TEXT:{" + joined_names<Type>(",") + "}";
          }
          if (label.empty()) label = unit_label(setting.name());
          return option->type_name(label)->default_str(default_text);
        }
      },
      setting.member);
}

/// Adds the flag of a setting. `values` has the defaults and receives the value that the user
/// gives.
template <typename Struct, typename... Types>
CLI::Option* add_setting(CLI::App& app, const Setting<Struct, Types...>& setting, Struct& values) {
  return add_setting(
      app, setting, std::as_const(values),
      [&setting, &values](const std::string& text) { set_from_text(setting, values, text); });
}

}  // namespace mmgym
