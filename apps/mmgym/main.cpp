#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <new>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/errors.h"
#include "base/version.h"
#include "build_db.h"
#include "check.h"
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

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;
/// The status that a shell reports after SIGPIPE. The program returns it without a message if the
/// signal is ignored.
constexpr int kReaderGone = 128 + 13;

std::vector<std::unique_ptr<Command>> commands() {
  std::vector<std::unique_ptr<Command>> all;
  all.push_back(std::make_unique<BuildDbCommand>());
  all.push_back(std::make_unique<FastaCommand>());
  all.push_back(std::make_unique<SplitCommand>());
  all.push_back(std::make_unique<CurriculumCommand>());
  all.push_back(std::make_unique<SampleCommand>());
  all.push_back(std::make_unique<ProfileCommand>());
  all.push_back(std::make_unique<InfoCommand>());
  all.push_back(std::make_unique<CheckCommand>());
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
             "\n'mmgym COMMAND --help' lists the flags of a command. 'mmgym --version' prints\n"
             "the versions of the program and of the libraries it uses.\n");
}

void print_version() {
  fmt::print("mmgym {}\nSQLite {}\ngemmi {}\nSIMD {}\n", kVersion, sqlite_version(),
             gemmi_version(), simd_target());
}

/// Flushes standard output. Throws WriteError or ReaderGone.
void finish_output() {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
  throw_write_error(errno == 0 ? EIO : errno, "cannot write standard output");
}

/// Parses argv[1...] as the flags of a command and runs it. Returns the exit status.
int run(Command& command, int argc, char** argv) {
  CLI::App app(command.description(), "mmgym " + command.name());
  app.option_defaults()->always_capture_default(false);
  command.setup(app);
  command.common.setup(app);
  try {
    app.parse(argc - 1, argv + 1);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", app.help());
    return kDone;
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return kWrongUsage;
  }
  command.common.apply();
  command.run();
  return kDone;
}

int run(int argc, char** argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--help" || first == "-h" || first == "help") {
    print_usage(stdout);
    return kDone;
  }
  if (first == "--version") {
    print_version();
    return kDone;
  }
  for (const auto& command : commands())
    if (command->name() == first) return run(*command, argc, argv);
  if (!first.empty()) fmt::print(stderr, "mmgym: unknown command '{}'\n\n", first);
  print_usage(stderr);
  return kWrongUsage;
}

/// Runs `work` and returns its exit status. For an exception, prints one line and returns its
/// status.
template <typename Work>
int guarded(const std::string& who, Work work) {
  try {
    try {
      return work();
    } catch (const std::system_error& error) {
      // fmt::print throws this if standard output cannot be written.
      if (std::ferror(stdout) == 0) throw;
      throw_write_error(error.code().value(), "cannot write standard output");
    }
  } catch (const ReaderGone&) {
    return kReaderGone;
  } catch (const UsageError& error) {
    fmt::print(stderr, "{}: {}\n", who, error.what());
    return kWrongUsage;
  } catch (const Error& error) {
    fmt::print(stderr, "{}: {}\n", who, error.what());
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "{}: out of memory; run the same command with fewer --threads to continue\n",
               who);
  } catch (const std::system_error& error) {  // of threads and of std::filesystem
    fmt::print(stderr, "{}: {}\n", who, error.what());
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}: internal error, please report it: {}\n", who, error.what());
  }
  return kFailed;
}

int main(int argc, char** argv) {
  const bool has_command = argc > 1 && argv[1][0] != '-';
  return guarded(has_command ? fmt::format("mmgym {}", argv[1]) : "mmgym", [&] {
    const int status = run(argc, argv);
    if (status == kDone) finish_output();
    return status;
  });
}

}  // namespace
}  // namespace mmgym

int main(int argc, char** argv) { return mmgym::main(argc, argv); }
