#include "census/assembly_rank.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "census/set_cover.h"

namespace mmgym {
namespace {

/// Values of _pdbx_struct_assembly.details for biological assemblies. Other values describe parts
/// of them ("icosahedral pentamer") or the crystal.
constexpr std::array<std::string_view, 6> kBiologicalKinds = {
    "representative helical assembly", "complete point assembly",
    "complete icosahedral assembly",   "software_defined_assembly",
    "author_defined_assembly",         "author_and_software_defined_assembly"};

bool is_biological(const AssemblyFacts& assembly) {
  return std::find(kBiologicalKinds.begin(), kBiologicalKinds.end(), assembly.kind) !=
         kBiologicalKinds.end();
}

}  // namespace

std::vector<std::size_t> rank_assemblies(const std::vector<AssemblyFacts>& assemblies) {
  const bool has_kinds =
      std::any_of(assemblies.begin(), assemblies.end(),
                  [](const AssemblyFacts& assembly) { return !assembly.kind.empty(); });
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < assemblies.size(); ++i)
    if (assemblies[i].refusal.empty() && (!has_kinds || is_biological(assemblies[i])))
      order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&assemblies](std::size_t a, std::size_t b) {
    if (assemblies[a].polymer_count != assemblies[b].polymer_count)
      return assemblies[a].polymer_count > assemblies[b].polymer_count;
    return assemblies[a].pdb_id < assemblies[b].pdb_id;
  });

  // Keeps the first assembly, in this order, of those with the same subchains.
  std::map<std::vector<std::string>, bool> seen;
  std::erase_if(order, [&](std::size_t i) {
    std::vector<std::string> subchains = assemblies[i].subchains;
    std::sort(subchains.begin(), subchains.end());
    return !seen.try_emplace(std::move(subchains), true).second;
  });

  std::map<std::string_view, std::uint32_t> numbers;
  std::vector<std::vector<std::uint32_t>> sets;
  for (const auto i : order) {
    auto& set = sets.emplace_back();
    for (const auto& subchain : assemblies[i].subchains)
      set.push_back(
          numbers.try_emplace(subchain, static_cast<std::uint32_t>(numbers.size())).first->second);
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
  }
  std::vector<std::size_t> ranked;
  for (const auto i : minimal_cover(sets)) ranked.push_back(order[i]);
  return ranked;
}

}  // namespace mmgym
