#include "build/write_fasta.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/errors.h"
#include "base/ordered_work.h"
#include "base/text.h"
#include "build/memory_estimate.h"
#include "census/clusters.h"
#include "inputs/read_file.h"
#include "structure/facts.h"

namespace mmgym {
namespace {

/// Values of _entity_poly.type for each type.
const std::map<std::string, std::vector<std::string>> kTypes = {
    {"protein", {"polypeptide(L)"}},
    {"d-protein", {"polypeptide(D)"}},
    {"dna", {"polydeoxyribonucleotide"}},
    {"rna", {"polyribonucleotide"}},
    {"nucleic-acid",
     {"polydeoxyribonucleotide", "polyribonucleotide",
      "polydeoxyribonucleotide/polyribonucleotide hybrid"}}};

/// A name as a word: readers end a name at a space, which would make it another entity's.
std::string header_of(const std::string& name) {
  std::string header;
  for (const char c : printable(name)) header += c == ' ' ? "\\x20" : std::string(1, c);
  return header;
}

struct Sequences {
  std::string text;
  std::size_t count = 0;
  std::string failure;
};

}  // namespace

FastaCounts write_fasta(const FastaOptions& options, ByteSink& out) {
  const auto types = kTypes.find(options.type);
  if (types == kTypes.end())
    throw UsageError("unknown sequence type '" + options.type +
                     "'; choose protein, d-protein, dna, rna or nucleic-acid");
  const auto is_wanted = [&](const Entity& entity) {
    const auto& wanted = types->second;
    return std::find(wanted.begin(), wanted.end(), entity.polymer_type) != wanted.end() &&
           !entity.sequence.empty() && entity.sequence.size() >= options.min_length;
  };
  const auto sequences_of = [&](std::size_t i) {
    Sequences sequences;
    try {
      const auto& source = options.files[i];
      const auto facts =
          read_facts(decompressed(read_bytes(source, options.limits), options.limits),
                     source.file_name(), options.limits);
      for (const auto& entity : facts.entities)
        if (is_wanted(entity)) {
          sequences.text += ">" + header_of(entity_name(facts.pdb_id, entity.id)) + "\n" +
                            printable(entity.sequence) + "\n";
          ++sequences.count;
        }
    } catch (const InputError& error) {
      sequences.failure = options.files[i].name() + ": " + error.what();
    }
    return sequences;
  };

  FastaCounts counts;
  const std::vector<std::uint64_t> sizes = file_sizes(options.files);
  OrderedWork<Sequences> work;
  work.count = options.files.size();
  work.work = sequences_of;
  work.work_bytes = [&](std::uint64_t i) {
    return text_bytes(options.files[i].file_name(), sizes[i]);
  };
  work.result_bytes = [](const Sequences& sequences) { return sequences.text.size(); };
  work.write = [&](std::uint64_t i, Sequences&& sequences) {
    if (!sequences.failure.empty()) {
      ++counts.unreadable;
      options.on_unreadable(sequences.failure);
    }
    out.write(std::vector<ByteSpan>{std::as_bytes(std::span(sequences.text))});
    counts.sequences += sequences.count;
    options.on_progress(i + 1);
  };
  run_ordered(std::move(work), limits_for_facts(options.threads));
  return counts;
}

}  // namespace mmgym
