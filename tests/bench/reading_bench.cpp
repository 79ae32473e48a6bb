// Compares the time to read structures from mmCIF and from BinaryCIF, step by step.
//
//   cmake --preset release -DMMGYM_BENCH=ON
//   cmake --build --preset release --target mmgym_reading_bench
//   build/release/bin/mmgym_reading_bench FOLDER [FOLDER...]
//
// For each folder of *.cif.gz or *.bcif.gz, prints the processor time of each step for all files,
// the median of five rounds: decompress, read the facts, read the first model's atoms, and, for
// text, gemmi's parse alone. Rounds of the folders alternate.

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <vector>

#include "gemmi_parse.h"
#include "inputs/read_file.h"
#include "structure/facts.h"
#include "structure/read_structure.h"

namespace {

using namespace mmgym;

constexpr int kRounds = 5;
enum Step { kDecompress, kFacts, kAtoms, kGemmi, kSteps };

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

struct Folder {
  std::string name;
  bool is_text = true;
  std::vector<std::string> names;
  std::vector<std::string> bytes;  // compressed
  std::vector<double> seconds[kSteps];
};

Folder load(const std::filesystem::path& path) {
  Folder folder;
  folder.name = path.string();
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path))
    if (entry.path().extension() == ".gz") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    folder.is_text = file.stem().extension() == ".cif";
    folder.names.push_back(file.filename().string());
    folder.bytes.push_back(read_bytes(file));
  }
  return folder;
}

void measure(Folder& folder) {
  double seconds[kSteps] = {};
  for (std::size_t i = 0; i < folder.names.size(); ++i) {
    double last = cpu_seconds();
    const auto end_of = [&](Step step) {
      const double now = cpu_seconds();
      seconds[step] += now - last;
      last = now;
    };
    const std::string content = decompressed(folder.bytes[i]);
    end_of(kDecompress);
    const auto facts = read_facts(content, folder.names[i]);
    end_of(kFacts);
    const auto structure = read_structure(content, folder.names[i]);
    end_of(kAtoms);
    if (folder.is_text) parse_with_gemmi(content);
    end_of(kGemmi);
    if (facts.models.empty() || structure.atoms.empty()) throw StructureError("no atoms");
  }
  for (int step = 0; step < kSteps; ++step) folder.seconds[step].push_back(seconds[step]);
}

double median_ms(std::vector<double> seconds) {
  std::nth_element(seconds.begin(), seconds.begin() + kRounds / 2, seconds.end());
  return 1e3 * seconds[kRounds / 2];
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<Folder> folders;
  for (int i = 1; i < argc; ++i) folders.push_back(load(argv[i]));
  for (int round = 0; round < kRounds; ++round)
    for (Folder& folder : folders) measure(folder);
  fmt::print("{:<30} {:>6} {:>13} {:>9} {:>9} {:>12}\n", "ms of a core", "files", "decompress",
             "facts", "atoms", "gemmi alone");
  for (const Folder& folder : folders)
    fmt::print("{:<30} {:>6} {:>13.1f} {:>9.1f} {:>9.1f} {:>12.1f}\n", folder.name,
               folder.names.size(), median_ms(folder.seconds[kDecompress]),
               median_ms(folder.seconds[kFacts]), median_ms(folder.seconds[kAtoms]),
               median_ms(folder.seconds[kGemmi]));
}
