#include "inputs/read_file.h"

#include <fcntl.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>

#include "base/errors.h"

namespace mmgym {

std::string read_bytes(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw_read_error(errno, path, "cannot be opened");
  const std::unique_ptr<const int, decltype([](const int* d) { ::close(*d); })> closer(&descriptor);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_read_error(errno, path, "cannot be read");
  if (S_ISDIR(status.st_mode)) throw InputError("is a folder");
  std::string bytes;
  // One byte more than the file size, so that the last read detects the end.
  bytes.resize(static_cast<std::size_t>(std::max<off_t>(0, status.st_size)) + 1);
  std::size_t filled = 0;
  while (true) {
    const ssize_t count = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_read_error(errno, path, "cannot be read");
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    if (filled == bytes.size()) bytes.resize(2 * bytes.size());
  }
  bytes.resize(filled);
  return bytes;
}

std::uint32_t checksum(const std::string& bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

namespace {

/// Decompresses all members of a gzip file. Ignores the size in the last four bytes, which is wrong
/// in files with several members and in damaged files.
std::string gunzip(const std::string& compressed) {
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>
      decompressor(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  if (!decompressor) throw std::bad_alloc();

  // Deflate compresses at most 1032-fold, so a larger output means damage, not a large file.
  const std::size_t most = compressed.size() * 1032 + 64;
  std::string text;
  std::size_t used = 0;
  std::size_t filled = 0;
  std::size_t room = std::min(most, compressed.size() * 6 + 4096);
  while (used < compressed.size()) {
    text.resize(filled + room);
    std::size_t in = 0;
    std::size_t out = 0;
    const libdeflate_result result = libdeflate_gzip_decompress_ex(
        decompressor.get(), compressed.data() + used, compressed.size() - used,
        text.data() + filled, room, &in, &out);
    if (result == LIBDEFLATE_SUCCESS) {
      used += in;
      filled += out;
    } else if (result == LIBDEFLATE_INSUFFICIENT_SPACE && room < most) {
      room = std::min(most, room * 2);
    } else {
      throw InputError("the gzip data is cut short or damaged");
    }
  }
  text.resize(filled);
  return text;
}

std::string unzstd(const std::string& compressed) {
  const std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream(ZSTD_createDStream(),
                                                                          &ZSTD_freeDStream);
  if (!stream) throw std::bad_alloc();
  std::string text;
  ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
  std::size_t left = 1;  // 0 at the end of a frame
  while (in.pos < in.size) {
    const std::size_t filled = text.size();
    text.resize(filled + compressed.size() * 6 + 4096);
    ZSTD_outBuffer out{text.data(), text.size(), filled};
    left = ZSTD_decompressStream(stream.get(), &out, &in);
    if (ZSTD_isError(left) != 0)
      throw InputError(std::string("the Zstandard data is damaged: ") + ZSTD_getErrorName(left));
    // The stream can have consumed all input and still have output.
    while (left > 0 && in.pos == in.size && out.pos == out.size) {
      text.resize(text.size() * 2);
      out = {text.data(), text.size(), out.pos};
      left = ZSTD_decompressStream(stream.get(), &out, &in);
      if (ZSTD_isError(left) != 0) throw InputError("the Zstandard data is damaged");
    }
    text.resize(out.pos);
  }
  if (left != 0) throw InputError("the Zstandard data is cut short");
  return text;
}

}  // namespace

std::string decompressed(std::string bytes) {
  if (bytes.starts_with("\x1f\x8b")) bytes = gunzip(bytes);
  if (bytes.starts_with("\x28\xb5\x2f\xfd")) bytes = unzstd(bytes);
  return bytes;
}

std::string read_file(const std::filesystem::path& path) { return decompressed(read_bytes(path)); }

}  // namespace mmgym
