#include "zones/subchain_finder.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace mmgym {

SubchainFinder::SubchainFinder(const Assembly& assembly, const ZoneParameters& parameters)
    : assembly_(assembly),
      parameters_(parameters),
      atoms_(assembly.positions_A, parameters.subchain_check_radius_A),
      occupancy_of_subchain_(assembly.structure->subchains.size(), 0.0),
      order_of_subchain_(assembly.structure->subchains.size()) {
  const Structure& structure = *assembly.structure;
  for (const auto& residue : structure.residues) subchain_of_residue_.push_back(residue.subchain);
  for (const auto& subchain : structure.subchains)
    counts_.push_back(!is_nonspecific(subchain, parameters));
  for (const auto& atom : structure.atoms)
    occupancy_of_subchain_[subchain_of_residue_[atom.residue]] += atom.occupancy;

  std::vector<std::uint32_t> by_id(order_of_subchain_.size());
  std::iota(by_id.begin(), by_id.end(), 0U);
  std::sort(by_id.begin(), by_id.end(), [&structure](std::uint32_t a, std::uint32_t b) {
    return structure.subchains[a].id < structure.subchains[b].id;
  });
  for (std::uint32_t i = 0; i < by_id.size(); ++i) order_of_subchain_[by_id[i]] = i;
}

bool is_nonspecific(const Subchain& subchain, const ZoneParameters& parameters) {
  const auto& codes = parameters.nonspecific_residues;
  return std::find(codes.begin(), codes.end(), subchain.comp_id) != codes.end();
}

void SubchainFinder::find(Zone& zone) const {
  struct Present {
    SubchainCopy copy;
    double occupancy;
  };
  // Ordered by subchain id, then mate, as the results are to be.
  std::map<std::pair<std::uint32_t, std::uint32_t>, Present> nearby;
  double total = 0;
  atoms_.for_each_within(zone.center_A, parameters_.subchain_check_radius_A, [&](std::uint32_t n) {
    const Atom& atom = assembly_.atom(n);
    const std::uint32_t subchain = subchain_of_residue_[atom.residue];
    if (!counts_[subchain]) return;
    const std::uint32_t mate = assembly_.mate[n];
    auto& present =
        nearby.try_emplace({order_of_subchain_[subchain], mate}, Present{{subchain, mate}, 0.0})
            .first->second;
    present.occupancy += atom.occupancy;
    total += atom.occupancy;
  });

  std::vector<SubchainCopy> paired;
  for (const auto& [key, present] : nearby) {
    const double of_zone = present.occupancy / total;
    const double of_subchain = present.occupancy / occupancy_of_subchain_[present.copy.subchain];
    // Written so that a share that is not a number passes.
    if (!(of_zone < parameters_.subchain_check_fraction_of_zone) ||
        !(of_subchain < parameters_.subchain_check_fraction_of_subchain))
      zone.subchains.push_back(present.copy);
    if (!(of_zone < parameters_.subchain_pair_check_fraction_of_zone) ||
        !(of_subchain < parameters_.subchain_pair_check_fraction_of_subchain))
      paired.push_back(present.copy);
  }
  for (std::size_t i = 0; i < paired.size(); ++i)
    for (std::size_t j = i + 1; j < paired.size(); ++j)
      zone.pairs.emplace_back(paired[i], paired[j]);
}

}  // namespace mmgym
