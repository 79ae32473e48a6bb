#include "zones/subchain_finder.h"

#include <map>

namespace mmgym {
namespace {

constexpr std::uint32_t kDoesNotCount = UINT32_MAX;

}  // namespace

SubchainFinder::SubchainFinder(const Assembly& assembly, std::span<const std::uint32_t> subchains,
                               const ZoneParameters& parameters)
    : assembly_(assembly),
      parameters_(parameters),
      atoms_(assembly.positions_A, parameters.subchain_check_radius_A),
      subchains_(subchains.begin(), subchains.end()),
      occupancies_(subchains.size(), 0.0) {
  const Structure& structure = *assembly.structure;
  std::vector<std::uint32_t> place_of_subchain(structure.subchains.size(), kDoesNotCount);
  for (std::uint32_t i = 0; i < subchains_.size(); ++i) place_of_subchain.at(subchains_[i]) = i;
  for (const auto& residue : structure.residues)
    place_of_residue_.push_back(place_of_subchain[residue.subchain]);
  for (const auto& atom : structure.atoms)
    if (const auto place = place_of_residue_[atom.residue]; place != kDoesNotCount)
      occupancies_[place] += atom.occupancy;
}

void SubchainFinder::find(Zone& zone) const {
  // Occupancies by subchain and mate, in the order of the results.
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> nearby;
  double total = 0;
  atoms_.for_each_within(zone.center_A, parameters_.subchain_check_radius_A, [&](std::uint32_t n) {
    const Atom& atom = assembly_.atom(n);
    const std::uint32_t place = place_of_residue_[atom.residue];
    if (place == kDoesNotCount) return;
    nearby[{place, assembly_.mate[n]}] += atom.occupancy;
    total += atom.occupancy;
  });

  std::vector<SubchainCopy> paired;
  for (const auto& [key, occupancy] : nearby) {
    const auto& [place, mate] = key;
    const SubchainCopy copy{subchains_[place], mate};
    const double fraction_of_zone = occupancy / total;
    const double fraction_of_subchain = occupancy / occupancies_[place];
    // Written so that NaN passes.
    if (!(fraction_of_zone < parameters_.subchain_check_fraction_of_zone) ||
        !(fraction_of_subchain < parameters_.subchain_check_fraction_of_subchain))
      zone.subchains.push_back(copy);
    if (!(fraction_of_zone < parameters_.subchain_pair_check_fraction_of_zone) ||
        !(fraction_of_subchain < parameters_.subchain_pair_check_fraction_of_subchain))
      paired.push_back(copy);
  }
  for (std::size_t i = 0; i < paired.size(); ++i)
    for (std::size_t j = i + 1; j < paired.size(); ++j)
      zone.pairs.emplace_back(paired[i], paired[j]);
}

}  // namespace mmgym
