#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/byte_sink.h"

namespace mmgym {

struct FastaOptions {
  std::vector<std::filesystem::path> files;
  /// protein, d-protein, dna, rna or nucleic-acid (both of them, and hybrids).
  std::string type = "protein";
  /// Sequences shorter than this are left out.
  std::size_t min_length = 0;
  int threads = 1;
  /// Called for files that cannot be read, with the reason.
  std::function<void(const std::string&)> on_unreadable = [](const std::string&) {};
  std::function<void(std::size_t)> on_progress = [](std::size_t) {};
};

struct FastaCounts {
  std::size_t sequences = 0;
  std::size_t unreadable = 0;
};

/// Writes the sequences of polymer entities, named PDBID_ENTITY as cluster files name them, in the
/// order of the files. Throws UsageError if there is no such type, and WriteError.
FastaCounts write_fasta(const FastaOptions& options, ByteSink& out);

}  // namespace mmgym
