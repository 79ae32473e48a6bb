#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <new>
#include <string_view>
#include <vector>

#include "base/errors.h"
#include "base/version.h"
#include "build_db.h"
#include "curriculum.h"
#include "database/sqlite.h"
#include "export.h"
#include "fasta.h"
#include "info.h"
#include "profile.h"
#include "sample.h"
#include "show.h"
#include "split.h"
#include "structure/read_structure.h"
#include "voxel/simd.h"

namespace mmgym {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

std::vector<std::unique_ptr<Command>> commands() {
  std::vector<std::unique_ptr<Command>> all;
  all.push_back(std::make_unique<BuildDbCommand>());
  all.push_back(std::make_unique<FastaCommand>());
  all.push_back(std::make_unique<SplitCommand>());
  all.push_back(std::make_unique<CurriculumCommand>());
  all.push_back(std::make_unique<SampleCommand>());
  all.push_back(std::make_unique<ProfileCommand>());
  all.push_back(std::make_unique<InfoCommand>());
  all.push_back(std::make_unique<ShowCommand>());
  all.push_back(std::make_unique<ExportCommand>());
  return all;
}

void print_usage(std::FILE* file) {
  fmt::print(file,
             "mmgym turns macromolecular structures into training images.\n\n"
             "Usage: mmgym COMMAND [FLAGS...]\n\nCommands:\n");
  for (const auto& command : commands())
    fmt::print(file, "  {:10} {}\n", command->name(), command->description());
  fmt::print(file,
             "\n'mmgym COMMAND --help' tells the flags of a command; 'mmgym --version'\n"
             "tells the versions of the program and of what it is made with.\n");
}

void print_version() {
  fmt::print("mmgym {}\nSQLite {}\ngemmi {}\nSIMD {}\n", kVersion, sqlite_version(),
             gemmi_version(), simd_target());
}

/// Parses argv[1...] as the flags of a command and runs it.
int run(Command& command, int argc, char** argv) {
  CLI::App app(command.description(), "mmgym " + command.name());
  app.option_defaults()->always_capture_default(false);
  command.setup(app);
  command.common.setup(app);
  try {
    app.parse(argc - 1, argv + 1);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUsage;
  }
  try {
    command.common.apply();
    command.run();
    return 0;
  } catch (const UsageError& error) {
    fmt::print(stderr, "mmgym {}: {}\n", command.name(), error.what());
    return kWrongUsage;
  } catch (const Error& error) {
    fmt::print(stderr, "mmgym {}: {}\n", command.name(), error.what());
  } catch (const std::bad_alloc&) {
    fmt::print(
        stderr,
        "mmgym {}: out of memory; run it again with fewer --threads, and it goes on where it "
        "stopped\n",
        command.name());
  } catch (const std::exception& error) {
    fmt::print(stderr, "mmgym {}: a mistake of mmgym's own, please report it: {}\n", command.name(),
               error.what());
  }
  return kFailed;
}

int main(int argc, char** argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--help" || first == "-h" || first == "help") {
    print_usage(stdout);
    return 0;
  }
  if (first == "--version") {
    print_version();
    return 0;
  }
  for (const auto& command : commands())
    if (command->name() == first) return run(*command, argc, argv);
  if (!first.empty()) fmt::print(stderr, "mmgym: there is no command '{}'\n\n", first);
  print_usage(stderr);
  return kWrongUsage;
}

}  // namespace
}  // namespace mmgym

int main(int argc, char** argv) { return mmgym::main(argc, argv); }
