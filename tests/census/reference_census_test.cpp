#include <algorithm>
#include <cmath>
#include <set>

#include "catch.h"
#include "census/assembly_rank.h"
#include "census/model_choice.h"
#include "census/structure_rank.h"
#include "find_entry.h"
#include "golden.h"
#include "inputs/read_file.h"

// Compares with the numbers of macromol-census in tests/golden/census/census.json (format: see its
// README). Skips structures without a file in data-samples or MMGYM_PDB_DIR.

using namespace mmgym;
using nlohmann::json;

namespace {

std::optional<StructureFacts> facts_of(const std::string& pdb_id, const json& expected) {
  const auto file = testing::find_entry(pdb_id, expected["input_md5"].get<std::string>());
  if (!file) return std::nullopt;
  return read_facts(read_file(*file), file->filename().string());
}

/// The least number in a column. The reference takes it if there are several rows.
std::optional<double> least(const json& rows, std::size_t column) {
  std::optional<double> result;
  for (const auto& row : rows)
    if (!row[column].is_null()) result = std::min(row[column].get<double>(), result.value_or(1e9));
  return result;
}

void check_figure(const std::optional<double>& ours, const std::optional<double>& expected) {
  REQUIRE(ours.has_value() == expected.has_value());
  if (ours) CHECK(static_cast<double>(static_cast<float>(*ours)) == *expected);
}

json reference() {
  return json::parse(std::ifstream(std::filesystem::path(MMGYM_SOURCE_DIR) / "tests" / "golden" /
                                   "census" / "census.json"));
}

}  // namespace

TEST_CASE("Quality, models and assemblies of structures agree with the reference") {
  std::size_t compared = 0;
  const json structures = reference();
  for (const auto& [pdb_id, expected] : structures.items()) {
    const auto facts = facts_of(pdb_id, expected);
    if (!facts || expected.contains("refused")) continue;
    CAPTURE(pdb_id);
    ++compared;
    CHECK(facts->pdb_id == pdb_id);
    CHECK(facts->quality.deposition_date == expected["deposit_date"].get<std::string>());
    std::string methods;
    for (const auto& method : expected["methods"])
      methods += (methods.empty() ? "" : ", ") + method.get<std::string>();
    CHECK(facts->quality.method == methods);
    check_figure(facts->quality.xtal_resolution_A, least(expected["xtal"], 0));
    check_figure(facts->quality.r_work, least(expected["xtal"], 1));
    check_figure(facts->quality.r_free, least(expected["xtal"], 2));
    check_figure(facts->quality.em_resolution_A, least(expected["em"], 0));

    std::set<std::string> models;
    const auto chosen = choose_models(*facts);
    for (const auto i : chosen) models.insert(facts->models[i].id);
    CHECK(models == expected["models"].get<std::set<std::string>>());
    CHECK(facts->models[chosen.front()].is_full_atom == expected["full_atom"].get<bool>());
    std::vector<std::string> assemblies;
    for (const auto i : rank_assemblies(facts->assemblies))
      assemblies.push_back(facts->assemblies[i].pdb_id);
    CHECK(assemblies == expected["assemblies"].get<std::vector<std::string>>());
  }
  CHECK(compared >= 4);
}

TEST_CASE("The ranks of structures agree with the reference") {
  std::vector<std::pair<int, StructureFacts>> ranked;
  const json structures = reference();
  for (const auto& [pdb_id, expected] : structures.items())
    if (expected.contains("rank"))
      if (auto facts = facts_of(pdb_id, expected))
        ranked.emplace_back(expected["rank"], std::move(*facts));
  REQUIRE(ranked.size() >= 4);
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    return ranks_before(a.second.quality, a.second.pdb_id, b.second.quality, b.second.pdb_id);
  });
  CHECK(std::is_sorted(ranked.begin(), ranked.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; }));
}
