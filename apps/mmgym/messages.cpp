#include "messages.h"

#include <cstdio>

#include "base/text.h"

namespace mmgym {

void print_raw_message(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void print_message(const std::string& line) { print_raw_message(printable(line) + "\n"); }

}  // namespace mmgym
