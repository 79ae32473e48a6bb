// For LD_PRELOAD: lets the first FAIL_COUNT attempts to open a path that contains FAIL_PATH fail
// with the errno FAIL_ERRNO, as a network file system or a broken disk does.

#include <dirent.h>
#include <dlfcn.h>
#include <sys/types.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<int> failed = 0;

bool fails(const char* path) {
  const char* part = std::getenv("FAIL_PATH");
  if (part == nullptr || std::strstr(path, part) == nullptr) return false;
  if (failed++ >= std::atoi(std::getenv("FAIL_COUNT"))) return false;
  errno = std::atoi(std::getenv("FAIL_ERRNO"));
  return true;
}

template <typename Function>
Function* original(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

// Declared without <fcntl.h>, whose declarations have "...". The mode is passed on even if the
// caller has given none; it is then not looked at.
int open(const char* path, int flags, mode_t mode) {
  if (fails(path)) return -1;
  return original<int(const char*, int, mode_t)>("open")(path, flags, mode);
}

int open64(const char* path, int flags, mode_t mode) {
  if (fails(path)) return -1;
  return original<int(const char*, int, mode_t)>("open64")(path, flags, mode);
}

int openat(int folder, const char* path, int flags, mode_t mode) {
  if (fails(path)) return -1;
  return original<int(int, const char*, int, mode_t)>("openat")(folder, path, flags, mode);
}

int openat64(int folder, const char* path, int flags, mode_t mode) {
  if (fails(path)) return -1;
  return original<int(int, const char*, int, mode_t)>("openat64")(folder, path, flags, mode);
}

DIR* opendir(const char* path) {
  if (fails(path)) return nullptr;
  return original<DIR*(const char*)>("opendir")(path);
}
}
