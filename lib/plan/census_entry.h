#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "database/rows.h"
#include "plan/entry_ids.h"
#include "structure/facts.h"
#include "structure/quality.h"

namespace mmgym {

/// What is known of an input file without its atoms, as far as ranking, clustering and choosing
/// need it. A database keeps it for each of its inputs (`input.census`), so that it can be merged
/// with others.
struct CensusEntry {
  EntryFile file;         // with a path that is printable()
  std::string file_name;  // without folders, printable()
  std::uint32_t report_checksum = 0;
  /// Why the file cannot be read: pdb_id, stage and reason. The members below are then empty.
  std::optional<RejectedRow> unreadable = {};

  Quality quality = {};
  std::string model_id = {};  // of the chosen model
  struct Content {
    std::string id;
    std::string polymer_type;  // empty if it is not a polymer
    std::string content;       // MD5 of what makes entities the same; empty if that is unknown
  };
  std::vector<Content> entities = {};  // without water
  struct CountedSubchain {
    std::string id;
    std::uint32_t number = 0;  // in ModelFacts
    std::string entity;        // empty if the file does not describe it
  };
  /// Subchains of the model that count for the choice, sorted by id: no water, no nonspecific
  /// ligands.
  std::vector<CountedSubchain> subchains = {};
  struct CountedAssembly {
    std::string pdb_id;
    struct Copies {
      std::uint32_t place = 0;  // in `subchains`
      std::uint32_t copies = 0;
    };
    std::vector<Copies> subchains;  // ascending
  };
  std::vector<CountedAssembly> assemblies = {};  // that are searched, in order
  struct RefusedAssembly {
    std::string pdb_id;
    std::string reason;
  };
  std::vector<RefusedAssembly> refused = {};
};

/// Sets what the facts of a file say; the other members are unchanged. `nonspecific`: codes of
/// residues that do not count.
void set_facts(const StructureFacts& facts, const std::unordered_set<std::string>& nonspecific,
               CensusEntry& entry);

/// Returns the text of `input.census`, which has all but the members that are columns of the table.
std::string census_text(const CensusEntry& entry);

/// Sets the members that a text has. Throws DatabaseError if it is not such a text.
void read_census_text(std::string_view text, CensusEntry& entry);

}  // namespace mmgym
