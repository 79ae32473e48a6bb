#include "numbers.h"

namespace mmgym {

CLI::Option* add_number(CLI::App& app, const std::string& flag, std::optional<double>& value,
                        const std::string& help, const NumberRange& range) {
  return app.add_option_function<std::string>(
      flag,
      [=, &value](const std::string& text) {
        value = read_flag(flag, [&] { return read_number(text, range); });
      },
      help);
}

CLI::Option* add_number(CLI::App& app, const std::string& flag, double& value,
                        const std::string& help, const NumberRange& range) {
  return app
      .add_option_function<std::string>(
          flag,
          [=, &value](const std::string& text) {
            value = read_flag(flag, [&] { return read_number(text, range); });
          },
          help)
      ->default_str(number_text(value));
}

CLI::Option* add_numbers(CLI::App& app, const std::string& flag, std::vector<float>& values,
                         const std::string& help) {
  constexpr double kMost = std::numeric_limits<float>::max();
  return app
      .add_option_function<std::vector<std::string>>(
          flag,
          [=, &values](const std::vector<std::string>& texts) {
            for (const std::string& text : texts)
              values.push_back(read_flag(flag, [&] {
                return static_cast<float>(read_number(text, {-kMost, kMost}));
              }));
          },
          help)
      ->delimiter(',');
}

}  // namespace mmgym
