#include "base/byte_sink.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <numeric>
#include <thread>
#include <vector>

#include "catch.h"

using mmgym::ByteSpan;
using mmgym::FileSink;

namespace {

/// Closes both ends of a pipe, unless the test has done so.
struct Pipe {
  Pipe() { REQUIRE(::pipe(ends) == 0); }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  void close_end(int end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
  int ends[2];
};

ByteSpan bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

}  // namespace

TEST_CASE("The error for a full disk has the file's name and the reason") {
  const int fd = ::open("/dev/full", O_WRONLY);
  REQUIRE(fd >= 0);
  FileSink sink(fd, "shard.tar");
  const std::string text(1000, 'x');
  try {
    sink.write(std::vector<ByteSpan>{bytes_of(text)});
    FAIL("nothing was thrown");
  } catch (const mmgym::WriteError& error) {
    CHECK(error.code().value() == ENOSPC);
    CHECK(std::string(error.what()) == "cannot write shard.tar: No space left on device");
  }
  ::close(fd);
}

TEST_CASE("Writing to a pipe without a reader throws ReaderGone") {
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  struct sigaction before {};
  REQUIRE(::sigaction(SIGPIPE, &ignore, &before) == 0);
  Pipe pipe;
  pipe.close_end(0);
  FileSink sink(pipe.ends[1], "standard output");
  const std::string text = "text";
  CHECK_THROWS_AS(sink.write(std::vector<ByteSpan>{bytes_of(text)}), mmgym::ReaderGone);
  ::sigaction(SIGPIPE, &before, nullptr);
}

TEST_CASE("A slow pipe gets every byte in order, even if it does not block") {
  for (const bool blocking : {true, false}) {
    Pipe pipe;
    if (!blocking) REQUIRE(::fcntl(pipe.ends[1], F_SETFL, O_NONBLOCK) == 0);

    // More spans than one system call takes, of all sizes from 0 to more than the pipe holds.
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 3000; ++i)
      texts.emplace_back(i == 2000 ? 200000 : i % 97, static_cast<char>('a' + i % 26));
    std::vector<ByteSpan> spans;
    for (const std::string& text : texts) spans.push_back(bytes_of(text));

    std::string received;
    std::thread reader([&] {
      std::vector<char> buffer(4097);
      for (ssize_t n; (n = ::read(pipe.ends[0], buffer.data(), buffer.size())) > 0;)
        received.append(buffer.data(), static_cast<std::size_t>(n));
    });
    FileSink(pipe.ends[1], "pipe").write(spans);
    pipe.close_end(1);
    reader.join();
    CHECK(received == std::accumulate(texts.begin(), texts.end(), std::string()));
  }
}

TEST_CASE("Short writes are collected, and long ones come in order after them") {
  struct CountingSink final : mmgym::ByteSink {
    void write(std::span<const ByteSpan> spans) override {
      ++writes;
      bytes.write(spans);
    }
    mmgym::MemorySink bytes;
    int writes = 0;
  };
  CountingSink target;
  mmgym::BufferedSink sink(target);
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string first(i == 500 ? 300'000 : 1'000, static_cast<char>('a' + i % 26));
    const std::string second(static_cast<std::size_t>(i % 7), '-');
    sink.write(std::vector<ByteSpan>{bytes_of(first), bytes_of(second)});
    expected += first + second;
  }
  CHECK(target.bytes.bytes().size() < expected.size());
  sink.flush();
  sink.flush();
  CHECK(target.bytes.bytes() == expected);
  CHECK(target.writes < 10);
}

TEST_CASE("A pipe gets every byte in order while signals interrupt the writing") {
  struct sigaction handle {};
  handle.sa_handler = [](int) {};  // without SA_RESTART, so that system calls end with EINTR
  struct sigaction before {};
  REQUIRE(::sigaction(SIGUSR1, &handle, &before) == 0);
  Pipe pipe;
  const std::string text(1 << 20, 't');
  const pthread_t writer = ::pthread_self();
  std::string received;
  std::thread reader([&] {
    std::vector<char> buffer(10000);
    for (ssize_t n; (n = ::read(pipe.ends[0], buffer.data(), buffer.size())) > 0;) {
      received.append(buffer.data(), static_cast<std::size_t>(n));
      if (received.size() < text.size()) ::pthread_kill(writer, SIGUSR1);
    }
  });
  FileSink(pipe.ends[1], "pipe").write(std::vector<ByteSpan>{bytes_of(text)});
  pipe.close_end(1);
  reader.join();
  ::sigaction(SIGUSR1, &before, nullptr);
  CHECK(received == text);
}
