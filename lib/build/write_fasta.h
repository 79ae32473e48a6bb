#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/byte_sink.h"
#include "inputs/input_limits.h"
#include "inputs/input_source.h"

namespace mmgym {

struct FastaOptions {
  std::vector<InputSource> files;
  /// protein, d-protein, dna, rna or nucleic-acid (DNA, RNA and hybrids).
  std::string type = "protein";
  /// Minimum length; shorter sequences are skipped.
  std::size_t min_length = 0;
  InputLimits limits;
  int threads = 1;
  /// Called with path and reason for each file that cannot be read.
  std::function<void(const std::string&)> on_unreadable = [](const std::string&) {};
  std::function<void(std::size_t)> on_progress = [](std::size_t) {};
};

struct FastaCounts {
  std::size_t sequences = 0;
  std::size_t unreadable = 0;
};

/// Writes the sequences of polymer entities, in the order of the files. Names are PDBID_ENTITY, as
/// in cluster files, with the ids that build-db gives to the same files (EntryIds). Of files with
/// the same entry, the first is used. Throws UsageError if the type is unknown, and WriteError.
FastaCounts write_fasta(const FastaOptions& options, ByteSink& out);

}  // namespace mmgym
