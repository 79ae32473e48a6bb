#include "messages.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/text.h"

namespace mmgym {

void print_raw_message(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void print_counts(const std::string& database, const GymCounts& counts) {
  fmt::print("{}: {} structures, {} assemblies, {} zones, {} zone-neighbor pairs, {} rejected\n",
             printable(database), counts.structures, counts.assemblies, counts.zones,
             counts.zone_neighbors, counts.rejected);
}

void print_message(const std::string& line) { print_raw_message(printable(line) + "\n"); }

}  // namespace mmgym
