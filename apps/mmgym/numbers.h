#pragma once

#include <CLI/CLI.hpp>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "settings/number_range.h"

namespace mmgym {

// Flags that take numbers. They are read here and not by CLI11, which takes 010 for 8, -1 for
// 2^64 - 1 where there are no negative numbers, and 0x10 and inf for numbers.

/// Throws UsageError, which begins with the flag, with the text of a UsageError of `read`.
template <typename Read>
auto read_flag(const std::string& flag, Read read) {
  try {
    return read();
  } catch (const UsageError& error) {
    throw UsageError(flag + ": " + error.what());
  }
}

/// Adds a flag for a whole number or std::optional of one.
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

/// Adds a flag for a number; its default is not shown for std::optional.
CLI::Option* add_number(CLI::App& app, const std::string& flag, double& value,
                        const std::string& help, const NumberRange& range);
CLI::Option* add_number(CLI::App& app, const std::string& flag, std::optional<double>& value,
                        const std::string& help, const NumberRange& range);

/// Adds a flag for numbers that are separated by commas.
CLI::Option* add_numbers(CLI::App& app, const std::string& flag, std::vector<float>& values,
                         const std::string& help);

}  // namespace mmgym
