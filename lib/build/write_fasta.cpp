#include "build/write_fasta.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/errors.h"
#include "base/ordered_work.h"
#include "base/text.h"
#include "census/clusters.h"
#include "inputs/read_file.h"
#include "plan/entry_ids.h"
#include "plan/memory_estimate.h"
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

/// The sequences of a file, or the reason why it cannot be read.
struct Sequences {
  EntryFile file;
  std::vector<Entity> entities;
  std::string failure;
};

std::size_t memory_of(const Sequences& sequences) {
  std::size_t bytes = sizeof(Sequences);
  for (const Entity& entity : sequences.entities) bytes += sizeof(Entity) + entity.sequence.size();
  return bytes;
}

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
      std::string bytes = read_bytes(source, options.limits);
      sequences.file = {source.name(), "", false, bytes.size(), checksum(bytes)};
      auto facts = read_facts(decompressed(std::move(bytes), options.limits), source.file_name(),
                              options.limits);
      sequences.file.id = facts.pdb_id;
      sequences.file.has_own_id = facts.has_own_id;
      for (auto& entity : facts.entities)
        if (is_wanted(entity)) sequences.entities.push_back(std::move(entity));
    } catch (const InputError& error) {
      sequences.failure = options.files[i].name() + ": " + error.what();
    }
    return sequences;
  };

  FastaCounts counts;
  EntryIds ids;
  const std::vector<std::uint64_t> sizes = file_sizes(options.files);
  OrderedWork<Sequences> work;
  work.count = options.files.size();
  work.work = sequences_of;
  work.work_bytes = [&](std::uint64_t i) {
    return text_bytes(options.files[i].file_name(), sizes[i]);
  };
  work.result_bytes = &memory_of;
  work.write = [&](std::uint64_t i, Sequences&& sequences) {
    if (!sequences.failure.empty()) {
      ++counts.unreadable;
      options.on_unreadable(sequences.failure);
    } else if (const auto entry = ids.add(sequences.file); entry.same_as.empty()) {
      std::string text;
      for (const Entity& entity : sequences.entities)
        text += ">" + header_of(entity_name(entry.id, entity.id)) + "\n" +
                printable(entity.sequence) + "\n";
      out.write(std::vector<ByteSpan>{std::as_bytes(std::span(text))});
      counts.sequences += sequences.entities.size();
    }
    options.on_progress(i + 1);
  };
  run_ordered(std::move(work), limits_for_facts(options.threads));
  return counts;
}

}  // namespace mmgym
