// The column `census` of table `input` is a JSON object:
//
//   id, own      the id of the entry (EntryFile), and whether it is in the content
//   revised      the date of the last revision, if it is known
//   rejected     [stage, reason], if the file could not be read; then there is no more
//   model        the id of the chosen model
//   quality      {figure: value} of those that are known
//   entities     [id, type of polymer or "", MD5 of its content or ""]
//   subchains    [id, number, id of its entity or ""], those that count, sorted by id
//   assemblies   [id, [place in subchains, copies, place, copies, ...]], in the order of the search
//   refused      [id of an assembly that cannot be built, reason]
//
// Texts in files can have any bytes. Each byte is written as the character with its number.

#include "plan/census_entry.h"

#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/md5.h"
#include "census/assembly_rank.h"
#include "census/model_choice.h"
#include "database/sqlite.h"

namespace mmgym {
namespace {

using nlohmann::json;

/// Returns the content by which entities are the same: type and sequence of a polymer, code of a
/// single residue, residues and bonds of a branched entity. Empty if unknown.
std::string content_of(const Entity& entity) {
  if (!entity.sequence.empty()) return "sequence " + entity.polymer_type + " " + entity.sequence;
  if (!entity.comp_id.empty()) return "residue " + entity.comp_id;
  if (!entity.links.empty()) return "links " + entity.links;
  return {};
}

std::string md5_of_content(const Entity& entity) {
  const std::string content = content_of(entity);
  if (content.empty()) return {};
  Md5 sum;
  sum.update(std::as_bytes(std::span(content)));
  return sum.hex();
}

json to_characters(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0 | byte >> 6);
      text += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return text;
}

std::string to_bytes(const json& value) {
  const auto& text = value.get_ref<const std::string&>();
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80)
      bytes += text[i];
    else if ((byte == 0xc2 || byte == 0xc3) && i + 1 < text.size())
      bytes += static_cast<char>((byte & 3) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3f));
    else
      throw DatabaseError("a character of a text is not a byte");
  }
  return bytes;
}

/// Calls visit(name, figure) for each figure of a quality.
template <typename AnyQuality, typename Visit>
void for_each_figure(AnyQuality& quality, Visit visit) {
  visit("xtal_resolution_A", quality.xtal_resolution_A);
  visit("em_resolution_A", quality.em_resolution_A);
  visit("r_work", quality.r_work);
  visit("r_free", quality.r_free);
  visit("clashscore", quality.clashscore);
  visit("nmr_restraints", quality.nmr_restraints);
  visit("q_score", quality.q_score);
  visit("mean_plddt", quality.mean_plddt);
}

json to_json(const Quality& quality) {
  json values = json::object();
  for_each_figure(quality, [&values](const char* name, const auto& figure) {
    if (figure) values[name] = *figure;
  });
  if (!quality.method.empty()) values["method"] = to_characters(quality.method);
  if (quality.deposition_date) values["date"] = *quality.deposition_date;
  if (quality.is_computed) values["computed"] = true;
  return values;
}

Quality quality_of(const json& values) {
  Quality quality;
  for_each_figure(quality, [&values](const char* name, auto& figure) {
    if (const auto found = values.find(name); found != values.end())
      figure = found->template get<typename std::decay_t<decltype(figure)>::value_type>();
  });
  if (values.contains("method")) quality.method = to_bytes(values["method"]);
  if (values.contains("date")) quality.deposition_date = values["date"].get<std::string>();
  quality.is_computed = values.value("computed", false);
  return quality;
}

void read(const json& values, CensusEntry& entry) {
  entry.file.id = to_bytes(values.at("id"));
  entry.file.has_own_id = values.at("own").get<bool>();
  entry.file.revision_date = values.value("revised", "");
  if (const auto rejected = values.find("rejected"); rejected != values.end()) {
    entry.unreadable = {entry.file.path, entry.file.id, "", to_bytes(rejected->at(0)),
                        to_bytes(rejected->at(1))};
    return;
  }
  entry.model_id = to_bytes(values.at("model"));
  entry.quality = quality_of(values.at("quality"));
  for (const auto& item : values.at("entities"))
    entry.entities.push_back({to_bytes(item.at(0)), to_bytes(item.at(1)), to_bytes(item.at(2))});
  for (const auto& item : values.at("subchains"))
    entry.subchains.push_back(
        {to_bytes(item.at(0)), item.at(1).get<std::uint32_t>(), to_bytes(item.at(2))});
  for (const auto& item : values.at("assemblies")) {
    auto& assembly = entry.assemblies.emplace_back();
    assembly.pdb_id = to_bytes(item.at(0));
    const json& numbers = item.at(1);
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) {
      assembly.subchains.push_back(
          {numbers[i].get<std::uint32_t>(), numbers[i + 1].get<std::uint32_t>()});
      if (assembly.subchains.back().place >= entry.subchains.size())
        throw DatabaseError("an assembly has a subchain that does not exist");
    }
  }
  for (const auto& item : values.at("refused"))
    entry.refused.push_back({to_bytes(item.at(0)), to_bytes(item.at(1))});
}

}  // namespace

void set_facts(const StructureFacts& facts, const std::unordered_set<std::string>& nonspecific,
               CensusEntry& entry) {
  entry.file.id = facts.pdb_id;
  entry.file.has_own_id = facts.has_own_id;
  entry.file.revision_date = facts.revision_date;
  const ModelFacts& model = facts.models[choose_models(facts).front()];
  entry.model_id = model.id;
  entry.quality = facts.quality;
  entry.quality.mean_plddt = model.mean_plddt;

  std::unordered_map<std::string, const Entity*> entities;
  for (const auto& entity : facts.entities) {
    entities[entity.id] = &entity;
    if (entity.is_water()) continue;
    entry.entities.push_back(
        {entity.id, entity.is_polymer() ? entity.polymer_type : "", md5_of_content(entity)});
  }
  std::map<std::string_view, CensusEntry::CountedSubchain> counted;
  for (std::uint32_t number = 0; number < model.subchains.size(); ++number) {
    const Subchain& subchain = model.subchains[number];
    if (subchain.is_water) continue;
    const auto found = entities.find(subchain.entity_id);
    const Entity* entity = found == entities.end() ? nullptr : found->second;
    if (entity != nullptr && nonspecific.contains(entity->comp_id)) continue;
    counted[subchain.id] = {subchain.id, number, entity != nullptr ? entity->id : ""};
  }
  std::unordered_map<std::string_view, std::uint32_t> place_of_id;
  for (const auto& [id, subchain] : counted) {
    place_of_id[id] = static_cast<std::uint32_t>(entry.subchains.size());
    entry.subchains.push_back(subchain);
  }

  for (const auto& assembly : facts.assemblies)
    if (!assembly.refusal.empty()) entry.refused.push_back({assembly.pdb_id, assembly.refusal});
  for (const auto i : rank_assemblies(facts.assemblies)) {
    const AssemblyFacts& assembly = facts.assemblies[i];
    std::map<std::uint32_t, std::uint32_t> copies;  // by place
    for (std::size_t s = 0; s < assembly.subchains.size(); ++s)
      if (const auto place = place_of_id.find(assembly.subchains[s]); place != place_of_id.end())
        copies[place->second] = assembly.copies[s];
    auto& planned = entry.assemblies.emplace_back();
    planned.pdb_id = assembly.pdb_id;
    for (const auto& [place, count] : copies) planned.subchains.push_back({place, count});
  }
}

std::string census_text(const CensusEntry& entry) {
  json values = {{"id", to_characters(entry.file.id)}, {"own", entry.file.has_own_id}};
  if (!entry.file.revision_date.empty()) values["revised"] = entry.file.revision_date;
  if (entry.unreadable) {
    values["rejected"] = {to_characters(entry.unreadable->stage),
                          to_characters(entry.unreadable->reason)};
    return values.dump();
  }
  values["model"] = to_characters(entry.model_id);
  values["quality"] = to_json(entry.quality);
  for (const char* list : {"entities", "subchains", "assemblies", "refused"})
    values[list] = json::array();
  for (const auto& item : entry.entities)
    values["entities"].push_back(
        {to_characters(item.id), to_characters(item.polymer_type), item.content});
  for (const auto& item : entry.subchains)
    values["subchains"].push_back(
        {to_characters(item.id), item.number, to_characters(item.entity)});
  for (const auto& item : entry.assemblies) {
    json numbers = json::array();
    for (const auto& [place, copies] : item.subchains) {
      numbers.push_back(place);
      numbers.push_back(copies);
    }
    values["assemblies"].push_back(json::array({to_characters(item.pdb_id), std::move(numbers)}));
  }
  for (const auto& item : entry.refused)
    values["refused"].push_back({to_characters(item.pdb_id), to_characters(item.reason)});
  return values.dump();
}

void read_census_text(std::string_view text, CensusEntry& entry) {
  try {
    read(json::parse(text), entry);
  } catch (const json::exception& error) {
    throw DatabaseError(std::string("input.census is not valid: ") + error.what());
  }
}

}  // namespace mmgym
