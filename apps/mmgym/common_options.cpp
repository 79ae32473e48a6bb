#include "common_options.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <thread>

#include "base/text.h"
#include "config_file.h"
#include "messages.h"
#include "numbers.h"

namespace mmgym {
namespace {

/// The text of a message. It may contain names from files.
class PrintableText : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& message, const std::tm&,
              spdlog::memory_buf_t& line) override {
    const std::string text = printable({message.payload.data(), message.payload.size()});
    line.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<PrintableText>();
  }
};

}  // namespace

void CommonOptions::setup(CLI::App& app) {
  app.set_config("--config", "", "TOML file of flags; flags on the command line take precedence");
  app.config_formatter(std::make_shared<ConfigFile>(app));
  add_whole_number(app, "--threads", threads,
                   "Number of threads, at most 1024 (default: " +
                       (default_threads == 0 ? "all cores" : std::to_string(default_threads)) + ")",
                   1, 1024)
      ->default_str("")
      ->type_name("N")
      ->group("Common");
  app.add_flag("--quiet", quiet, "Print only results and errors")->group("Common");
  app.add_option("--log-level", log_level, "Minimum severity of messages")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str()
      ->group("Common");
  app.add_option("--progress", progress,
                 "Show a bar on a terminal, or else a line every few seconds; auto: unless --quiet")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str()
      ->group("Common");
}

void CommonOptions::apply() {
  if (threads == 0) threads = default_threads;
  if (threads == 0) threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  auto logger = spdlog::stderr_color_mt("mmgym");
  auto formatter = std::make_unique<spdlog::pattern_formatter>();
  formatter->add_flag<PrintableText>('*').set_pattern("%^%l%$: %*");
  logger->set_formatter(std::move(formatter));
  logger->set_level(quiet ? spdlog::level::err : spdlog::level::from_str(log_level));
  spdlog::set_default_logger(logger);
}

void CommonOptions::note(const std::string& text) const {
  if (spdlog::should_log(spdlog::level::warn)) print_message(text);
}

}  // namespace mmgym
