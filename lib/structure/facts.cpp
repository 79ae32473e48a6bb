#include "structure/facts.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "structure/atom_rows.h"
#include "structure/cif_block.h"
#include "structure/structure.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

const std::vector<std::string_view> kCategories = {"_entry.",
                                                   "_pdbx_database_status.",
                                                   "_exptl.",
                                                   "_refine.",
                                                   "_em_3d_reconstruction.",
                                                   "_entity.",
                                                   "_entity_poly.",
                                                   "_pdbx_entity_nonpoly.",
                                                   "_pdbx_entity_branch_link.",
                                                   "_struct_asym.",
                                                   "_pdbx_struct_assembly.",
                                                   "_pdbx_struct_assembly_gen.",
                                                   "_pdbx_struct_oper_list."};

// ----------------------------------------------------------------------------------------- models

/// Builds models from rows of _atom_site, which mostly repeat what the row before said.
class ModelReader {
 public:
  explicit ModelReader(std::vector<ModelFacts>& models) : models_(models) {}

  /// "" stands for what the file does not tell.
  void add(std::string_view model, std::string_view subchain, std::string_view chain,
           std::string_view entity, std::string_view seq) {
    if (model_ == nullptr || model_->id != model) start_model(model);
    if (subchain.empty()) subchain = chain;
    if (current_ == nullptr || current_->id != subchain || current_->chain_id != chain ||
        current_->entity_id != entity) {
      start_subchain(subchain, chain, entity);
    } else if (seq == last_seq_) {
      model_->is_full_atom = true;
    }
    last_seq_ = seq;
  }

 private:
  void start_model(std::string_view id) {
    current_ = nullptr;
    const auto known = std::find_if(models_.begin(), models_.end(),
                                    [id](const auto& model) { return model.id == id; });
    model_ = known != models_.end() ? &*known
                                    : &models_.emplace_back(ModelFacts{std::string(id), {}, false});
    seen_.clear();
    for (const auto& subchain : model_->subchains) seen_.insert(key_of(subchain));
  }

  void start_subchain(std::string_view id, std::string_view chain, std::string_view entity) {
    last_ = {std::string(id), std::string(chain), std::string(entity)};
    current_ = &last_;
    if (seen_.insert(key_of(last_)).second) model_->subchains.push_back(last_);
  }

  static std::string key_of(const ModelFacts::Subchain& subchain) {
    return subchain.id + '\n' + subchain.chain_id + '\n' + subchain.entity_id;
  }

  std::vector<ModelFacts>& models_;
  ModelFacts* model_ = nullptr;
  ModelFacts::Subchain last_;
  const ModelFacts::Subchain* current_ = nullptr;
  std::string last_seq_;
  std::unordered_set<std::string> seen_;
};

const std::vector<std::string_view> kModelColumns = {
    "pdbx_PDB_model_num", "label_asym_id", "auth_asym_id", "label_entity_id", "label_seq_id"};

std::vector<ModelFacts> read_models(AtomRows& rows) {
  std::vector<ModelFacts> models;
  ModelReader reader(models);
  std::vector<std::string_view> row;
  while (rows.next(row)) reader.add(model_of(row[0]), row[1], row[2], row[3], row[4]);
  if (models.empty()) throw StructureError("no atoms: _atom_site is empty");
  return models;
}

// --------------------------------------------------------------------------------------- entities

void read_entities(cif::Block& block, std::vector<EntityFacts>& entities) {
  std::unordered_map<std::string, std::size_t> index;
  for (const auto row : block.find("_entity.", {"id", "?type"})) {
    index.try_emplace(row.str(0), entities.size());
    entities.push_back({row.str(0), row.has2(1) ? lower(row.str(1)) : "", "", "", "", ""});
  }
  const auto entity = [&](const std::string& id) {
    const auto found = index.find(id);
    return found == index.end() ? nullptr : &entities[found->second];
  };
  for (const auto row : block.find(
           "_entity_poly.",
           {"entity_id", "?type", "?pdbx_seq_one_letter_code_can", "?pdbx_seq_one_letter_code"}))
    if (EntityFacts* polymer = entity(row.str(0))) {
      if (row.has2(1)) polymer->polymer_type = row.str(1);
      polymer->sequence = without_white_space(row.has2(2)   ? row.str(2)
                                              : row.has2(3) ? row.str(3)
                                                            : "");
    }
  for (const auto row : block.find("_pdbx_entity_nonpoly.", {"entity_id", "comp_id"}))
    if (EntityFacts* single = entity(row.str(0))) single->comp_id = row.str(1);

  std::unordered_map<std::string, std::vector<std::string>> links;
  for (const auto row :
       block.find("_pdbx_entity_branch_link.",
                  {"entity_id", "entity_branch_list_num_1", "comp_id_1", "atom_id_1",
                   "entity_branch_list_num_2", "comp_id_2", "atom_id_2", "?value_order"})) {
    std::string link;
    for (int i = 1; i < 7; ++i) link += row.str(i) + " ";
    links[row.str(0)].push_back(link + (row.has2(7) ? row.str(7) : "?"));
  }
  for (auto& [id, rows] : links)
    if (EntityFacts* branched = entity(id)) {
      std::sort(rows.begin(), rows.end());
      for (const auto& row : rows) branched->links += row + "\n";
    }
}

// ------------------------------------------------------------------------------------- assemblies

void add_copies(AssemblyFacts& assembly, const std::vector<std::string>& subchains,
                std::uint32_t copies) {
  for (const auto& id : subchains) {
    const auto known = std::find(assembly.subchains.begin(), assembly.subchains.end(), id);
    if (known == assembly.subchains.end()) {
      assembly.subchains.push_back(id);
      assembly.copies.push_back(copies);
    } else {
      assembly.copies[static_cast<std::size_t>(known - assembly.subchains.begin())] += copies;
    }
  }
}

std::int64_t count_polymers(const StructureFacts& facts, const AssemblyFacts& assembly) {
  std::unordered_map<std::string, bool> is_polymer;
  for (const auto& entity : facts.entities) is_polymer[entity.id] = entity.type == "polymer";
  std::unordered_map<std::string, std::string> entity_of;
  for (const auto& model : facts.models)
    for (const auto& subchain : model.subchains)
      entity_of.try_emplace(subchain.id, subchain.entity_id);
  std::int64_t count = 0;
  for (std::size_t i = 0; i < assembly.subchains.size(); ++i)
    if (is_polymer[entity_of[assembly.subchains[i]]]) count += assembly.copies[i];
  return count;
}

void read_assemblies(cif::Block& block, StructureFacts& facts) {
  auto& assemblies = facts.assemblies;
  for (const auto& generator : read_generators(block)) {
    const std::string& id = generator.assembly_id;
    auto assembly = std::find_if(assemblies.begin(), assemblies.end(),
                                 [&id](const auto& known) { return known.pdb_id == id; });
    if (assembly == assemblies.end()) assembly = assemblies.insert(assembly, {id, "", 0, {}, {}});
    add_copies(*assembly, generator.subchains,
               static_cast<std::uint32_t>(generator.products.size()));
  }
  if (assemblies.empty()) {
    AssemblyFacts& unit = assemblies.emplace_back();
    unit.pdb_id = "1";
    for (const auto& subchain : facts.models.front().subchains)
      if (std::find(unit.subchains.begin(), unit.subchains.end(), subchain.id) ==
          unit.subchains.end()) {
        unit.subchains.push_back(subchain.id);
        unit.copies.push_back(1);
      }
  }
  std::unordered_map<std::string, std::pair<std::string, std::optional<double>>> told_of;
  for (const auto row :
       block.find("_pdbx_struct_assembly.", {"id", "?details", "?oligomeric_count"}))
    told_of[row.str(0)] = {row.has2(1) ? row.str(1) : "",
                           row.has2(2) ? number_of(row[2]) : std::nullopt};
  for (auto& assembly : assemblies) {
    const auto found = told_of.find(assembly.pdb_id);
    if (found != told_of.end()) assembly.kind = found->second.first;
    assembly.polymer_count = found != told_of.end() && found->second.second
                                 ? static_cast<std::int64_t>(*found->second.second)
                                 : count_polymers(facts, assembly);
  }
}

// ---------------------------------------------------------------------------------------- quality

void read_quality(cif::Block& block, Quality& quality) {
  for (const auto& value : block.find_values("_exptl.method"))
    if (!cif::is_null(value))
      quality.method += (quality.method.empty() ? "" : ", ") + cif::as_string(value);
  const std::string* date = block.find_value("_pdbx_database_status.recvd_initial_deposition_date");
  if (date != nullptr && !cif::is_null(*date)) quality.deposition_date = cif::as_string(*date);
  quality.xtal_resolution_A = least_positive(block, "_refine.ls_d_res_high");
  quality.r_work = least_positive(block, "_refine.ls_R_factor_R_work");
  quality.r_free = least_positive(block, "_refine.ls_R_factor_R_free");
  quality.em_resolution_A = least_positive(block, "_em_3d_reconstruction.resolution");
}

}  // namespace

StructureFacts read_facts(const std::string& text, const std::string& file_name) {
  return read_mmcif(text, file_name, kCategories, kModelColumns,
                    [&](cif::Block& block, AtomRows& rows) {
                      StructureFacts facts;
                      facts.pdb_id = pdb_id_of(block, file_name);
                      facts.models = read_models(rows);
                      read_quality(block, facts.quality);
                      read_entities(block, facts.entities);
                      read_assemblies(block, facts);
                      return facts;
                    });
}

}  // namespace mmgym
