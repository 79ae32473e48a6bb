// A library for LD_PRELOAD that lets one system call of a program fail, or kills the program before
// it. every_call.py and cli/input_folders.py use it.
//
// It counts the calls that concern a folder: calls with a path below it, and calls with a file
// descriptor that such a path was opened with, or with standard output. A filter of the kernel
// (seccomp) turns these calls into a signal, whose handler makes the call or refuses it. So the
// library sees the calls of all code: of SQLite, which then needs no VFS for tests, of the C and
// C++ libraries, and of Cairo and gemmi. It does not see files that are mapped into memory; mmgym
// maps none.
//
//     FAULT_FOLDER   the folder, an absolute path
//     FAULT_COUNTS   a file; when the program ends, the library adds a line "KIND COUNT" for each
//                    kind of call
//     FAULT          "KIND N WHAT": call N of this kind, counted from 1. WHAT is an errno: the call
//                    fails once; "ERRNO*K": K calls of this kind fail; "ERRNO+": all from this one
//                    on; "short": the call writes or reads half of the bytes; "kill": the program
//                    is killed before the call

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

enum class Kind {
  open,
  read,
  write,
  sync,
  rename,
  remove,
  truncate,
  mkdir,
  close,
  stat,
  list,
  lock
};
constexpr std::array kKindNames = {"open",     "read",  "write", "sync", "rename", "remove",
                                   "truncate", "mkdir", "close", "stat", "list",   "lock"};

/// How a call names its file.
enum class File { descriptor, path, path_at, both_paths, both_paths_at };

struct Call {
  long number;
  Kind kind;
  File file;
};

constexpr Call kCalls[] = {
#ifdef SYS_open  // older calls, which some machines do not have
    {SYS_open, Kind::open, File::path},
    {SYS_rename, Kind::rename, File::both_paths},
    {SYS_link, Kind::rename, File::both_paths},
    {SYS_unlink, Kind::remove, File::path},
    {SYS_rmdir, Kind::remove, File::path},
    {SYS_mkdir, Kind::mkdir, File::path},
    {SYS_stat, Kind::stat, File::path},
    {SYS_lstat, Kind::stat, File::path},
    {SYS_access, Kind::stat, File::path},
    {SYS_readlink, Kind::stat, File::path},
#endif
#ifdef SYS_renameat
    {SYS_renameat, Kind::rename, File::both_paths_at},
#endif
    {SYS_openat, Kind::open, File::path_at},
    {SYS_read, Kind::read, File::descriptor},
    {SYS_pread64, Kind::read, File::descriptor},
    {SYS_readv, Kind::read, File::descriptor},
    {SYS_write, Kind::write, File::descriptor},
    {SYS_pwrite64, Kind::write, File::descriptor},
    {SYS_writev, Kind::write, File::descriptor},
    {SYS_fsync, Kind::sync, File::descriptor},
    {SYS_fdatasync, Kind::sync, File::descriptor},
    {SYS_renameat2, Kind::rename, File::both_paths_at},
    {SYS_linkat, Kind::rename, File::both_paths_at},
    {SYS_unlinkat, Kind::remove, File::path_at},
    {SYS_ftruncate, Kind::truncate, File::descriptor},
    {SYS_truncate, Kind::truncate, File::path},
    {SYS_mkdirat, Kind::mkdir, File::path_at},
    {SYS_close, Kind::close, File::descriptor},
    {SYS_fstat, Kind::stat, File::descriptor},
    {SYS_newfstatat, Kind::stat, File::path_at},
    {SYS_statx, Kind::stat, File::path_at},
    {SYS_faccessat, Kind::stat, File::path_at},
    {SYS_faccessat2, Kind::stat, File::path_at},
    {SYS_readlinkat, Kind::stat, File::path_at},
    {SYS_statfs, Kind::stat, File::path},
    {SYS_getdents64, Kind::list, File::descriptor},
    {SYS_fcntl, Kind::lock, File::descriptor},
    {SYS_flock, Kind::lock, File::descriptor},
};

using Arguments = std::array<long, 5>;

/// The sixth argument of the library's own calls, which the filter lets pass. No call above has
/// one.
constexpr std::uint64_t kPass = 0x6d6d67796d706173;

enum class What { nothing, fail, half, kill };
struct Fault {
  What what = What::nothing;
  Kind kind = Kind::open;
  unsigned long call = 0;
  unsigned long last = 0;  // that fails
  int error = 0;
};

Fault fault;
const char* folder = nullptr;
std::array<std::atomic<unsigned long>, kKindNames.size()> counts;
/// Whether a descriptor is of a file in the folder. Standard output always is.
std::array<std::atomic<bool>, 1024> counted;

/// Makes a call. Returns -errno if it fails, as the kernel does.
long make(long number, const Arguments& a) {
  const long result = ::syscall(number, a[0], a[1], a[2], a[3], a[4], kPass);
  return result == -1 ? -errno : result;
}

bool is_counted(long descriptor) {
  return descriptor >= 0 && static_cast<std::size_t>(descriptor) < counted.size() &&
         counted[static_cast<std::size_t>(descriptor)];
}

bool is_below(long path) {
  const auto* text = reinterpret_cast<const char*>(path);
  const std::size_t size = std::strlen(folder);
  return std::strncmp(text, folder, size) == 0 && (text[size] == '/' || text[size] == '\0');
}

bool is_below(long descriptor, long path) {
  return *reinterpret_cast<const char*>(path) == '/' ? is_below(path) : is_counted(descriptor);
}

bool concerns_folder(const Call& call, const Arguments& a) {
  switch (call.file) {
    case File::descriptor:
      return is_counted(a[0]);
    case File::path:
      return is_below(a[0]);
    case File::path_at:
      return is_below(a[0], a[1]);
    case File::both_paths:
      return is_below(a[0]) || is_below(a[1]);
    case File::both_paths_at:
      return is_below(a[0], a[1]) || is_below(a[2], a[3]);
  }
  return false;
}

bool is_lock(long number, const Arguments& a) {
  return number != SYS_fcntl || a[1] == F_SETLK || a[1] == F_SETLKW;
}

/// Writes or reads about half of the bytes.
long make_half(long number, Arguments a) {
  const auto half = [](long size) { return (size + 1) / 2; };
  if (number != SYS_writev && number != SYS_readv) {
    if (number != SYS_getdents64) a[2] = half(a[2]);
    return make(number, a);
  }
  iovec first = *reinterpret_cast<const iovec*>(a[1]);
  first.iov_len = (first.iov_len + 1) / 2;
  a[1] = reinterpret_cast<long>(&first);
  a[2] = 1;
  return make(number, a);
}

/// Makes a call of the folder, unless it is the one that fails.
long make_or_fail(const Call& call, const Arguments& a) {
  const unsigned long number = ++counts[static_cast<std::size_t>(call.kind)];
  if (fault.what != What::nothing && call.kind == fault.kind) {
    if (number == fault.call && fault.what == What::kill) {
      ::kill(::getpid(), SIGKILL);
      ::pause();
    }
    if (number == fault.call && fault.what == What::half) return make_half(call.number, a);
    if (fault.what == What::fail && number >= fault.call && number <= fault.last) {
      // The kernel closes a file also if it reports an error.
      if (call.kind == Kind::close) make(call.number, a);
      return -fault.error;
    }
  }
  return make(call.number, a);
}

long handle(long number, const Arguments& a) {
  const Call* call = nullptr;
  for (const Call& known : kCalls)
    if (known.number == number) call = &known;
  if (call == nullptr || !concerns_folder(*call, a) || !is_lock(number, a)) return make(number, a);
  const long result = make_or_fail(*call, a);
  if (call->kind == Kind::open && result >= 0 && static_cast<std::size_t>(result) < counted.size())
    counted[static_cast<std::size_t>(result)] = true;
  if (call->kind == Kind::close) counted[static_cast<std::size_t>(a[0])] = false;
  return result;
}

void on_signal(int, siginfo_t* info, void* context) {
  const int saved = errno;
  auto& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  auto& r = machine.gregs;
  const Arguments arguments = {r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8]};
  r[REG_RAX] = handle(info->si_syscall, arguments);
#elif defined(__aarch64__)
  auto& r = machine.regs;
  const auto value = [&r](int i) { return static_cast<long>(r[i]); };
  const Arguments arguments = {value(0), value(1), value(2), value(3), value(4)};
  r[0] = static_cast<unsigned long>(handle(info->si_syscall, arguments));
#else
#error "registers of this machine are unknown"
#endif
  errno = saved;
}

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  std::_Exit(77);
}

void install_filter() {
  struct sigaction action {};
  action.sa_sigaction = on_signal;
  action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART;
  if (::sigaction(SIGSYS, &action, nullptr) != 0) give_up("sigaction");

  const auto load = [](std::size_t offset) {
    return sock_filter(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)));
  };
  constexpr std::size_t kSixth = offsetof(seccomp_data, args) + 5 * sizeof(std::uint64_t);
  std::vector<sock_filter> program = {
      load(kSixth),  // the lower half; both machines are little-endian
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(kPass), 0, 3),
      load(kSixth + 4),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(kPass >> 32), 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      load(offsetof(seccomp_data, nr))};
  for (const Call& call : kCalls) {
    program.push_back(
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call.number), 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog filter = {static_cast<unsigned short>(program.size()), program.data()};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
    give_up("no filter of system calls can be installed");
}

void read_fault(const char* text) {
  std::array<char, 16> kind{};
  std::array<char, 16> what{};
  if (std::sscanf(text, "%15s %lu %15s", kind.data(), &fault.call, what.data()) != 3)
    give_up("FAULT is not KIND N WHAT");
  for (std::size_t i = 0; i < kKindNames.size(); ++i)
    if (std::strcmp(kKindNames[i], kind.data()) == 0) fault.kind = static_cast<Kind>(i);
  fault.what = std::strcmp(what.data(), "kill") == 0    ? What::kill
               : std::strcmp(what.data(), "short") == 0 ? What::half
                                                        : What::fail;
  char* more = nullptr;
  fault.error = static_cast<int>(std::strtol(what.data(), &more, 10));
  fault.last = *more == '+'   ? ULONG_MAX
               : *more == '*' ? fault.call + std::strtoul(more + 1, nullptr, 10) - 1
                              : fault.call;
}

__attribute__((constructor)) void begin() {
  folder = std::getenv("FAULT_FOLDER");
  if (folder == nullptr) return;
  if (const char* text = std::getenv("FAULT")) read_fault(text);
  counted[STDOUT_FILENO] = true;
  install_filter();
}

__attribute__((destructor)) void end() {
  const char* path = std::getenv("FAULT_COUNTS");
  if (folder == nullptr || path == nullptr) return;
  std::FILE* file = std::fopen(path, "w");
  if (file == nullptr) return;
  for (std::size_t i = 0; i < kKindNames.size(); ++i)
    std::fprintf(file, "%s %lu\n", kKindNames[i], counts[i].load());
  std::fclose(file);
}

}  // namespace
