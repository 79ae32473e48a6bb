// Files of --config.

#include <sstream>

#include "base/errors.h"
#include "config_file.h"
#include "fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  CLI::App app;
  int threads = 1;
  double radius = 0;
  std::vector<std::string> names;
  bool force = false;
  app.add_option("--threads", threads)->check(CLI::Range(1, 1024));
  app.add_option("--radius", radius);
  app.add_option("--names", names)->delimiter(',');
  app.add_flag("--force", force);
  app.set_config("--config");
  app.config_formatter(std::make_shared<mmgym::ConfigFile>(app));
  const auto path = mmgym::fuzz::file_of(mmgym::fuzz::text_of(bytes, size));
  try {
    app.parse(std::vector<std::string>{path.string(), "--config"});
    mmgym::fuzz::require(threads >= 1);
  } catch (const CLI::ParseError&) {
  } catch (const mmgym::UsageError&) {
  }
  return 0;
}
