#include "common_options.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <thread>

#include "config_file.h"
#include "numbers.h"

namespace mmgym {

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
  logger->set_pattern("%^%l%$: %v");
  logger->set_level(quiet ? spdlog::level::err : spdlog::level::from_str(log_level));
  spdlog::set_default_logger(logger);
}

void CommonOptions::note(const std::string& text) const {
  if (spdlog::should_log(spdlog::level::warn)) fmt::print(stderr, "{}\n", text);
}

}  // namespace mmgym
