#include "inputs/read_file.h"

#include <fcntl.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/retries.h"

namespace mmgym {

namespace {

enum class Allowed { regular_files, pipes_too };

std::string read_once(const std::filesystem::path& path, const InputLimits& limits,
                      Allowed allowed) {
  // Opening a pipe waits for its writer, unless O_NONBLOCK is set. It has no effect on files.
  const int nonblock = allowed == Allowed::regular_files ? O_NONBLOCK : 0;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | nonblock);
  if (descriptor < 0) throw_read_error(errno, path, "cannot be opened");
  const std::unique_ptr<const int, decltype([](const int* d) { ::close(*d); })> closer(&descriptor);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_read_error(errno, path, "cannot be read");
  if (S_ISDIR(status.st_mode)) throw InputError("is a folder");
  if (allowed == Allowed::regular_files && !S_ISREG(status.st_mode))
    throw InputError("is not a regular file");
  // A file on disk is not larger than its text.
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(0, status.st_size));
  check_text_size(size, limits);
  std::string bytes;
  // One byte more than the file size, so that the last read detects the end.
  bytes.resize(size + 1);
  std::size_t filled = 0;
  while (true) {
    const ssize_t count = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_read_error(errno, path, "cannot be read");
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    check_text_size(filled, limits);
    if (filled == bytes.size()) bytes.resize(2 * bytes.size());
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

std::string read_bytes(const std::filesystem::path& path, const InputLimits& limits) {
  std::string bytes;
  with_retries([&] { bytes = read_once(path, limits, Allowed::regular_files); });
  return bytes;
}

std::uint32_t checksum(const std::string& bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

namespace {

/// The size of a text that is stored while it is decompressed. Structures compress 4- to 10-fold.
/// If a text is larger, its size is found first, in little memory.
std::size_t usual_text_bytes(const std::string& compressed) {
  return compressed.size() * 20 + 4096;
}

[[noreturn]] void refuse_gzip() { throw InputError("the gzip data is cut short or damaged"); }

/// Returns the size of the text of a gzip file. Throws InputError if it exceeds its limit.
std::uint64_t gunzipped_size(const std::string& compressed, const InputLimits& limits) {
  constexpr int kGzipHeader = 16;
  constexpr std::size_t kMostIn = std::numeric_limits<uInt>::max();
  z_stream stream = {};
  if (inflateInit2(&stream, MAX_WBITS + kGzipHeader) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> end(&stream, &inflateEnd);
  std::vector<Bytef> piece(std::size_t{1} << 16);
  std::uint64_t size = 0;
  std::size_t used = 0;
  int result = Z_STREAM_END;
  while (used < compressed.size()) {
    const auto in = static_cast<uInt>(std::min(kMostIn, compressed.size() - used));
    // zlib does not change its input, but only some versions declare that.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data() + used));
    stream.avail_in = in;
    stream.next_out = piece.data();
    stream.avail_out = static_cast<uInt>(piece.size());
    result = inflate(&stream, Z_NO_FLUSH);
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (result != Z_OK && result != Z_STREAM_END) refuse_gzip();
    used += in - stream.avail_in;
    size += piece.size() - stream.avail_out;
    check_text_size(size, limits);
    if (result == Z_STREAM_END && inflateReset(&stream) != Z_OK) refuse_gzip();
  }
  if (result != Z_STREAM_END) refuse_gzip();
  return size;
}

/// Decompresses all members of a gzip file. Ignores the size in the last four bytes, which is wrong
/// in files with several members and in damaged files.
std::string gunzip(const std::string& compressed, const InputLimits& limits) {
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>
      decompressor(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  if (!decompressor) throw std::bad_alloc();

  const std::size_t usual =
      std::min<std::uint64_t>(usual_text_bytes(compressed), most_text_bytes(limits) + 1);
  bool is_size_known = false;
  std::string text(std::min(usual, compressed.size() * 6 + 4096), '\0');
  std::size_t used = 0;
  std::size_t filled = 0;
  while (used < compressed.size()) {
    std::size_t in = 0;
    std::size_t out = 0;
    const libdeflate_result result = libdeflate_gzip_decompress_ex(
        decompressor.get(), compressed.data() + used, compressed.size() - used,
        text.data() + filled, text.size() - filled, &in, &out);
    if (result == LIBDEFLATE_SUCCESS) {
      used += in;
      filled += out;
    } else if (result == LIBDEFLATE_INSUFFICIENT_SPACE && !is_size_known) {
      is_size_known = text.size() >= usual;
      text.resize(is_size_known ? gunzipped_size(compressed, limits)
                                : std::min(usual, text.size() * 2));
    } else {
      refuse_gzip();
    }
  }
  text.resize(filled);
  return text;
}

/// Calls visit(piece) with the pieces of the text of a Zstandard file.
template <typename Visit>
void for_each_piece(const std::string& compressed, Visit visit) {
  const std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream(ZSTD_createDStream(),
                                                                          &ZSTD_freeDStream);
  if (!stream) throw std::bad_alloc();
  std::string piece(ZSTD_DStreamOutSize(), '\0');
  ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
  std::size_t left = 1;  // 0 at the end of a frame
  bool is_full = false;  // if so, the stream can have more output without more input
  while (in.pos < in.size || (left > 0 && is_full)) {
    ZSTD_outBuffer out{piece.data(), piece.size(), 0};
    left = ZSTD_decompressStream(stream.get(), &out, &in);
    if (ZSTD_isError(left) != 0) {
      if (ZSTD_getErrorCode(left) == ZSTD_error_memory_allocation) throw std::bad_alloc();
      throw InputError(std::string("the Zstandard data is damaged: ") + ZSTD_getErrorName(left));
    }
    is_full = out.pos == out.size;
    visit(std::string_view(piece).substr(0, out.pos));
  }
  if (left != 0) throw InputError("the Zstandard data is cut short");
}

std::string unzstd(const std::string& compressed, const InputLimits& limits) {
  const std::uint64_t announced = ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  if (announced != ZSTD_CONTENTSIZE_UNKNOWN && announced != ZSTD_CONTENTSIZE_ERROR)
    check_text_size(announced, limits);
  const std::size_t usual = usual_text_bytes(compressed);
  std::uint64_t size = 0;
  std::string text;
  for_each_piece(compressed, [&](std::string_view piece) {
    size += piece.size();
    check_text_size(size, limits);
    if (size <= usual) text += piece;
  });
  if (size == text.size()) return text;
  text.clear();
  text.reserve(size);
  for_each_piece(compressed, [&text](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace

std::string decompressed(std::string bytes, const InputLimits& limits) {
  if (bytes.starts_with("\x1f\x8b")) bytes = gunzip(bytes, limits);
  if (bytes.starts_with("\x28\xb5\x2f\xfd")) bytes = unzstd(bytes, limits);
  check_text_size(bytes.size(), limits);
  return bytes;
}

std::string read_file(const std::filesystem::path& path, const InputLimits& limits) {
  std::string bytes;
  with_retries([&] { bytes = read_once(path, limits, Allowed::pipes_too); });
  return decompressed(std::move(bytes), limits);
}

}  // namespace mmgym
