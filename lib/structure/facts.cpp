#include "structure/facts.h"

#include <algorithm>
#include <unordered_map>

#include "structure/assembly_definition.h"
#include "structure/cif_block.h"
#include "structure/entities.h"
#include "structure/model_confidence.h"
#include "structure/read_mmcif.h"
#include "structure/structure.h"
#include "structure/subchain_reader.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

// ----------------------------------------------------------------------------------------- models

/// The columns of _atom_site that are used. The last one is a number.
enum Column { kModel, kSubchain, kChain, kEntity, kComp, kSeq, kBFactor };
const AtomColumns kColumns = {
    {"pdbx_PDB_model_num", "label_asym_id", "auth_asym_id", "label_entity_id", "label_comp_id",
     "label_seq_id", "B_iso_or_equiv"},
    1};

class ModelReader {
 public:
  ModelReader(std::string_view id, const EntityFinder& entities, const InputLimits& limits)
      : id_(id), subchains_(entities, limits) {}

  const std::string& id() const { return id_; }

  void add(const AtomRows::Row& row, bool follows_same_model) {
    const std::uint32_t subchain =
        subchains_.add(row[kSubchain], row[kChain], row[kEntity], row[kComp]);
    if (follows_same_model && subchain == last_subchain_ && row[kSeq] == last_seq_)
      is_full_atom_ = true;
    last_subchain_ = subchain;
    last_seq_ = row[kSeq];
  }

  /// Adds a row that is like the row before.
  void add_again() { is_full_atom_ = true; }

  void add_b_factor(double b_factor) {
    if (!subchains_.is_water()) mean_b_factor_.add(b_factor);
  }

  ModelFacts take(const ModelConfidence& confidence) {
    auto mean_plddt = confidence.mean(id_);
    if (!mean_plddt && confidence.is_in_b_factors()) mean_plddt = mean_b_factor_.value();
    return {std::move(id_), subchains_.take_subchains(), is_full_atom_, mean_plddt};
  }

 private:
  std::string id_;
  SubchainReader subchains_;
  std::uint32_t last_subchain_ = UINT32_MAX;
  std::string last_seq_;
  bool is_full_atom_ = false;
  MeanPlddt mean_b_factor_;
};

std::vector<ModelFacts> read_models(AtomRows& rows, const EntityFinder& entities,
                                    const ModelConfidence& confidence, const InputLimits& limits) {
  std::vector<ModelReader> readers;
  std::unordered_map<std::string, std::size_t> place_of_id;
  std::size_t current = 0;
  const auto add = [&](const AtomRows::Row& row) {
    const std::string_view model = model_of(row[kModel]);
    const bool is_same = !readers.empty() && readers[current].id() == model;
    if (!is_same) {
      const auto [place, is_new] = place_of_id.try_emplace(std::string(model), readers.size());
      current = place->second;
      if (is_new) {
        readers.emplace_back(model, entities, limits);
        check_limit(readers.size(), limits, &InputLimits::max_models, "models");
      }
    }
    readers[current].add(row, is_same);
  };
  while (const AtomRows::Row* row = rows.next()) {
    if (!readers.empty() && rows.differing() == 0)
      readers[current].add_again();
    else
      add(*row);
    if (confidence.is_in_b_factors()) readers[current].add_b_factor(rows.number(kBFactor));
  }
  if (readers.empty()) throw StructureError("no atoms: _atom_site is empty");
  std::vector<ModelFacts> models;
  for (auto& reader : readers) models.push_back(reader.take(confidence));
  return models;
}

// ------------------------------------------------------------------------------------- assemblies

/// Maps subchain ids to whether they are polymers. The first model with the subchain decides.
std::unordered_map<std::string, bool> polymers_among(const std::vector<ModelFacts>& models) {
  std::unordered_map<std::string, bool> is_polymer;
  for (const auto& model : models)
    for (const auto& subchain : model.subchains)
      is_polymer.try_emplace(subchain.id, subchain.is_polymer);
  return is_polymer;
}

std::vector<AssemblyFacts> assembly_facts(const std::vector<AssemblyDefinition>& definitions,
                                          const std::vector<ModelFacts>& models) {
  std::unordered_map<std::string, bool> is_polymer = polymers_among(models);
  std::vector<AssemblyFacts> assemblies;
  for (const auto& definition : definitions) {
    AssemblyFacts& assembly = assemblies.emplace_back();
    assembly.pdb_id = definition.pdb_id;
    assembly.kind = definition.kind;
    assembly.refusal = definition.refusal;
    std::unordered_map<std::string, std::size_t> place_of_id;
    for (const auto& generator : definition.generators)
      for (const auto& id : subchain_ids(generator, models.front().subchains)) {
        const auto [place, is_new] = place_of_id.try_emplace(id, assembly.subchains.size());
        if (is_new) {
          assembly.subchains.push_back(id);
          assembly.copies.push_back(0);
        }
        assembly.copies[place->second] += static_cast<std::uint32_t>(generator.transforms.size());
      }
    if (definition.polymer_count)
      assembly.polymer_count = *definition.polymer_count;
    else
      for (std::size_t i = 0; i < assembly.subchains.size(); ++i)
        if (is_polymer[assembly.subchains[i]]) assembly.polymer_count += assembly.copies[i];
  }
  return assemblies;
}

// ---------------------------------------------------------------------------------------- quality

Quality read_quality(cif::Block& block) {
  Quality quality;
  for (const auto& value : block.find_values("_exptl.method"))
    if (!cif::is_null(value))
      quality.method += (quality.method.empty() ? "" : ", ") + cif::as_string(value);
  const std::string* date = block.find_value("_pdbx_database_status.recvd_initial_deposition_date");
  if (date != nullptr && is_date(cif::as_string(*date)))
    quality.deposition_date = cif::as_string(*date);
  quality.xtal_resolution_A = least_in(block, "_refine.ls_d_res_high", kResolutions_A);
  quality.r_work = least_in(block, "_refine.ls_R_factor_R_work", kRFactors);
  quality.r_free = least_in(block, "_refine.ls_R_factor_R_free", kRFactors);
  quality.em_resolution_A = least_in(block, "_em_3d_reconstruction.resolution", kResolutions_A);
  return quality;
}

/// Returns the latest date of a revision, empty if there is none.
std::string read_revision_date(cif::Block& block) {
  std::string latest;
  for (const auto& value : block.find_values("_pdbx_audit_revision_history.revision_date"))
    if (std::string date = cif::as_string(value); is_date(date)) latest = std::max(latest, date);
  return latest;
}

}  // namespace

StructureFacts read_facts(const std::string& text, const std::string& file_name,
                          const InputLimits& limits) {
  StructureFacts facts;
  read_facts(text, file_name, limits, facts);
  return facts;
}

void read_facts(const std::string& text, const std::string& file_name, const InputLimits& limits,
                StructureFacts& facts) {
  read_mmcif(text, file_name, kColumns, limits, [&](cif::Block& block, AtomRows& rows) {
    const EntryId entry = entry_id_of(block, file_name);
    facts.pdb_id = entry.id;
    facts.has_own_id = entry.is_in_content;
    facts.revision_date = read_revision_date(block);
    facts.quality = read_quality(block);
    facts.entities = read_entities(block, limits);
    const ModelConfidence confidence(block);
    facts.quality.is_computed = confidence.is_computed();
    facts.models = read_models(rows, EntityFinder(block, facts.entities), confidence, limits);
    facts.assemblies = assembly_facts(read_assemblies(block, limits), facts.models);
  });
}

}  // namespace mmgym
