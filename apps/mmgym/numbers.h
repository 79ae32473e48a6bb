#pragma once

#include <CLI/CLI.hpp>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "settings/number_range.h"

namespace mmgym {

// Flags with numbers. Their text is not left to CLI11, which reads 010 as 8 and -1 as 2^64 - 1 for
// unsigned types, and accepts 0x10 and inf.

/// Adds a flag with a whole number from `least` to `most`. Help shows no default of a
/// std::optional.
template <std::integral T>
CLI::Option* add_whole_number(CLI::App& app, const std::string& flag, std::optional<T>& value,
                              const std::string& help, T least = 0,
                              T most = std::numeric_limits<T>::max()) {
  return app.add_option_function<std::string>(
      flag,
      [=, &value](const std::string& text) {
        value = read_flag(flag, [&] { return read_whole_number<T>(text, least, most); });
      },
      help);
}

template <std::integral T>
CLI::Option* add_whole_number(CLI::App& app, const std::string& flag, T& value,
                              const std::string& help, std::type_identity_t<T> least = 0,
                              std::type_identity_t<T> most = std::numeric_limits<T>::max()) {
  return app
      .add_option_function<std::string>(
          flag,
          [=, &value](const std::string& text) {
            value = read_flag(flag, [&] { return read_whole_number<T>(text, least, most); });
          },
          help)
      ->default_str(std::to_string(value));
}

/// Adds a flag with a number. Help shows no default of a std::optional.
CLI::Option* add_number(CLI::App& app, const std::string& flag, double& value,
                        const std::string& help, const NumberRange& range);
CLI::Option* add_number(CLI::App& app, const std::string& flag, std::optional<double>& value,
                        const std::string& help, const NumberRange& range);

/// Adds a flag with numbers that are separated by commas.
CLI::Option* add_numbers(CLI::App& app, const std::string& flag, std::vector<float>& values,
                         const std::string& help);

}  // namespace mmgym
