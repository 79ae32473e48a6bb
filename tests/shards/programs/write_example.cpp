// Writes the example's samples for the tests in Python to read:
//
//     write_example FOLDER ENCODING COUNT SAMPLES_PER_SHARD
//     write_example - ENCODING COUNT          one tar stream to standard output

#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <string>

#include "../example.h"
#include "base/byte_sink.h"
#include "shards/write_sample.h"

namespace {

void stream(const mmgym::testing::Example& example, std::uint64_t count) {
  mmgym::FileSink sink(STDOUT_FILENO, "standard output");
  mmgym::TarWriter tar(sink);
  for (std::uint64_t i = 0; i < count; ++i) write_sample(tar, example.sample(i));
  tar.finish();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  ::signal(SIGPIPE, SIG_IGN);
  try {
    const std::string path = argv[1];
    const mmgym::testing::Example example(argv[2]);
    const std::uint64_t count = std::stoull(argv[3]);
    if (path == "-") {
      stream(example, count);
    } else {
      mmgym::ShardFolder folder(path, example.plan(count, std::stoull(argv[4])));
      write_missing(folder, example);
    }
  } catch (const mmgym::ReaderGone&) {
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "write_example: %s\n", error.what());
    return 1;
  }
}
