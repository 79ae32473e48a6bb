#include "inputs/read_file.h"

#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <string_view>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "base/huge_pages.h"
#include "base/retries.h"
#include "inputs/open_file.h"

namespace mmgym {

namespace {

std::string read_once(const std::filesystem::path& path, const InputLimits& limits,
                      OpenFile::Allowed allowed) {
  const OpenFile file(path, allowed);
  // A file on disk is not larger than its text.
  check_text_size(file.size(), limits);
  std::string bytes;
  // One byte more than the file size, so that the last read detects the end.
  bytes.resize(file.size() + 1);
  std::size_t filled = 0;
  while (const std::size_t count = file.read(bytes.data() + filled, bytes.size() - filled)) {
    filled += count;
    check_text_size(filled, limits);
    if (filled == bytes.size()) bytes.resize(2 * bytes.size());
  }
  bytes.resize(filled);
  return bytes;
}

/// Opens an archive that could be opened before.
std::unique_ptr<const OpenFile> open_again(const InputArchive& archive) {
  try {
    auto file = std::make_unique<const OpenFile>(archive.path());
    archive.check_unchanged(file->status());
    return file;
  } catch (const InputError& error) {
    throw ArchiveChanged(archive.path().string() + ": " + error.what() +
                         ", after its members were listed; run the same command again");
  }
}

std::string read_member_once(const InputArchive& archive, const InputSource::Place& place,
                             const InputLimits& limits) {
  const auto opened = open_again(archive);
  const OpenFile& file = *opened;
  check_text_size(place.size, limits);
  std::string bytes(place.size, '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const std::size_t count =
        file.read_at(place.offset + filled, bytes.data() + filled, bytes.size() - filled);
    if (count == 0) throw InputError("the archive is cut short within this member");
    filled += count;
  }
  return bytes;
}

}  // namespace

std::string read_bytes(const std::filesystem::path& path, const InputLimits& limits) {
  std::string bytes;
  with_retries([&] { bytes = read_once(path, limits, OpenFile::Allowed::regular_files); });
  return bytes;
}

std::string read_bytes(const InputSource& source, const InputLimits& limits) {
  if (source.reason() != nullptr) throw InputError(*source.reason());
  if (source.archive() == nullptr) return read_bytes(std::filesystem::path(source.name()), limits);
  std::string bytes;
  with_retries([&] { bytes = read_member_once(*source.archive(), source.place(), limits); });
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

/// The size in the last four bytes. It is wrong in files with several members, in large and in
/// damaged files, so it is only a guess.
std::size_t guessed_size(const std::string& compressed) {
  std::uint32_t size = 0;
  std::memcpy(&size,
              compressed.data() + compressed.size() - std::min(compressed.size(), sizeof size),
              std::min(compressed.size(), sizeof size));
  return size;
}

/// Decompresses all members of a gzip file.
std::string gunzip(const std::string& compressed, const InputLimits& limits) {
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>
      decompressor(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  if (!decompressor) throw std::bad_alloc();

  const std::size_t usual =
      std::min<std::uint64_t>(usual_text_bytes(compressed), most_text_bytes(limits) + 1);
  bool is_size_known = false;
  const std::size_t guess =
      std::clamp(guessed_size(compressed), std::min(usual, compressed.size() * 2), usual);
  std::string text;
  reserve_large(text, guess);
  text.resize(guess);
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
  with_retries([&] { bytes = read_once(path, limits, OpenFile::Allowed::pipes_too); });
  return decompressed(std::move(bytes), limits);
}

}  // namespace mmgym
