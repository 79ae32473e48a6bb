#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <memory>
#include <new>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/errors.h"
#include "base/stop_signal.h"
#include "base/text.h"
#include "base/version.h"
#include "build_db.h"
#include "check.h"
#include "curriculum.h"
#include "database/sqlite.h"
#include "export.h"
#include "fasta.h"
#include "info.h"
#include "merge.h"
#include "messages.h"
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
  all.push_back(std::make_unique<MergeCommand>());
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

std::string usage() {
  std::string text =
      "mmgym turns macromolecular structures into training images.\n\n"
      "Usage: mmgym COMMAND [FLAGS...]\n\nCommands:\n";
  for (const auto& command : commands())
    text += fmt::format("  {:10} {}\n", command->name(), command->description());
  return text +
         "\n'mmgym COMMAND --help' lists the flags of a command. 'mmgym --version' prints\n"
         "the versions of the program and of the libraries it uses.\n";
}

void print_version() {
  fmt::print("mmgym {}\nSQLite {}\ngemmi {}\nSIMD {}\n", kVersion, sqlite_version(),
             gemmi_version(), simd_target());
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
    std::ostringstream text;
    app.exit(error, text, text);
    print_raw_message(printable_lines(text.str()));
    return kWrongUsage;
  }
  command.common.apply();
  command.run();
  return kDone;
}

int run(int argc, char** argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--help" || first == "-h" || first == "help") {
    fmt::print("{}", usage());
    return kDone;
  }
  if (first == "--version") {
    print_version();
    return kDone;
  }
  for (const auto& command : commands())
    if (command->name() == first) return run(*command, argc, argv);
  if (!first.empty()) print_message(fmt::format("mmgym: unknown command '{}'", first));
  print_raw_message((first.empty() ? "" : "\n") + usage());
  return kWrongUsage;
}

/// Opens what the caller has closed of standard input, output and error. Otherwise the next file
/// would take its place, and results would be printed into it.
void reserve_standard_files() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    // Opened for the wrong direction, so that a result that cannot be printed is still an error.
    if (::fcntl(fd, F_GETFD) == -1)
      static_cast<void>(::open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY));
}

/// What the program ends with.
struct Ending {
  int status = kDone;
  int signal = 0;  // ends by this signal instead
};

/// Runs `work`, which returns an exit status. For an exception, prints one line.
template <typename Work>
Ending guarded(const std::string& who, Work work) {
  const auto say = [&who](const std::string& what) { print_message(who + ": " + what); };
  try {
    try {
      return {work()};
    } catch (const std::system_error& error) {
      // fmt::print throws this if standard output cannot be written.
      if (std::ferror(stdout) == 0) throw;
      throw_write_error(error.code().value(), "cannot write standard output");
    }
  } catch (const ReaderGone&) {
    return {kReaderGone};
  } catch (const Stopped& stopped) {
    say(stopped.what());
    return {kFailed, stopped.signal()};
  } catch (const UsageError& error) {
    say(error.what());
    return {kWrongUsage};
  } catch (const Error& error) {
    say(error.what());
  } catch (const std::bad_alloc&) {
    say("out of memory; run the same command with fewer --threads to continue");
  } catch (const std::system_error& error) {  // of threads and of std::filesystem
    say(error.what());
  } catch (const std::exception& error) {
    say(std::string("internal error, please report it: ") + error.what());
  }
  return {kFailed};
}

/// Flushes standard output. Throws WriteError or ReaderGone.
void flush_output() {
  errno = 0;
  if (std::fflush(stdout) != 0)
    throw_write_error(errno == 0 ? EIO : errno, "cannot write standard output");
}

int main(int argc, char** argv) {
  reserve_standard_files();
  const std::string who =
      argc > 1 && argv[1][0] != '-' ? fmt::format("mmgym {}", argv[1]) : "mmgym";
  Ending ending = guarded(who, [&] { return run(argc, argv); });
  // A failure that has been reported is not reported again.
  if (std::ferror(stdout) == 0) {
    const Ending flushed = guarded(who, [] {
      flush_output();
      return kDone;
    });
    if (ending.status == kDone) ending = flushed;
  }
  if (ending.signal != 0) {
    std::signal(ending.signal, SIG_DFL);
    std::raise(ending.signal);
  }
  return ending.status;
}

}  // namespace
}  // namespace mmgym

int main(int argc, char** argv) { return mmgym::main(argc, argv); }
