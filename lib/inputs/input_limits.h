#pragma once

#include <cstdint>
#include <string>

namespace mmgym {

/// What one input file may contain. A file above a limit is damaged or hostile: those of the PDB
/// are far below. Limits decide whether a file is used, never what is read from it. The names of
/// members are keys of metadata (input_limit_settings.h).
struct InputLimits {
  int max_text_MB = 4000;
  int max_data_blocks = 1000;
  int max_entities = 10000;
  int max_models = 50000;
  int max_subchains = 100000;  // of a model
  int max_assemblies = 2000;
  /// Of all assemblies: every copy counts each operator of its product.
  int max_operators = 200000;
  int max_assembly_atoms = 50000000;  // of an assembly, with all copies
};

/// Throws InputError if `count` exceeds a limit: "SUBJECT has more than 50000 models; --max-models
/// allows more".
void check_limit(std::uint64_t count, const InputLimits& limits, int InputLimits::*limit,
                 const std::string& things, const std::string& subject = "the file");

/// Returns the limit of a text in bytes.
std::uint64_t most_text_bytes(const InputLimits& limits);

/// Throws InputError if a text of so many bytes exceeds its limit.
void check_text_size(std::uint64_t bytes, const InputLimits& limits);

}  // namespace mmgym
