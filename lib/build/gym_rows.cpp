#include "build/gym_rows.h"

#include <algorithm>
#include <unordered_map>

#include "build/zone_surroundings.h"
#include "database/tile_codec.h"
#include "geometry/cell_list.h"

namespace mmgym {
namespace {

static_assert(kMostValueBytes <= kMostNameBytes);

SubchainRow subchain_row(const Structure& structure, const SubchainCopy& copy) {
  return {structure.subchains[copy.subchain].id, static_cast<int>(copy.mate)};
}

ZoneRow zone_row(const Structure& structure, const Zone& zone) {
  ZoneRow row{zone.center_A, zone.neighbors, {}, {}};
  for (const auto& copy : zone.subchains) row.subchains.push_back(subchain_row(structure, copy));
  for (const auto& [a, b] : zone.pairs)
    row.pairs.emplace_back(subchain_row(structure, a), subchain_row(structure, b));
  return row;
}

AnnotatedResidue annotated(const Structure& structure, const Residue& residue, std::uint32_t mate,
                           const std::vector<CathDomains::Domain>& cath) {
  const Subchain& subchain = structure.subchains[residue.subchain];
  AnnotatedResidue result;
  result.chain_id = subchain.chain_id;
  result.subchain_id = subchain.id;
  result.entity_id = subchain.entity_id;
  result.comp_id = residue.comp_id;
  result.author_seq_id = residue.author_seq_id;
  result.seq_id = residue.seq_id;
  result.symmetry_mate = mate;
  const auto label = std::find(kPolymerLabels.begin(), kPolymerLabels.end(), subchain.polymer_type);
  if (label != kPolymerLabels.end())
    result.polymer_label = static_cast<int>(label - kPolymerLabels.begin());
  if (residue.seq_id) result.cath_label = cath_label(cath, subchain.chain_id, *residue.seq_id);
  return result;
}

/// Builds a tile from atoms.
class TileBuilder {
 public:
  TileBuilder(const Assembly& assembly, const Eigen::Vector3i& tile,
              const std::vector<CathDomains::Domain>& cath)
      : assembly_(assembly), tile_(tile), cath_(cath) {}

  void add(std::size_t n, bool out_of_bounds) {
    const Structure& structure = *assembly_.structure;
    const Atom& atom = assembly_.atom(n);
    const Eigen::Vector3d& position_A = assembly_.positions_A[n];
    drawing_.x_A.push_back(position_A.x());
    drawing_.y_A.push_back(position_A.y());
    drawing_.z_A.push_back(position_A.z());
    drawing_.occupancy.push_back(static_cast<float>(atom.occupancy));
    drawing_.element.push_back(atom.element);
    drawing_.flags.push_back(
        static_cast<std::uint8_t>((structure.subchain_of(atom).is_polymer ? kIsPolymer : 0) |
                                  (out_of_bounds ? kOutOfBounds : 0)));

    const std::uint64_t key = std::uint64_t{assembly_.mate[n]} << 32 | atom.residue;
    const auto [found, is_new] =
        residue_of_.try_emplace(key, static_cast<std::uint32_t>(annotation_.residues.size()));
    if (is_new)
      annotation_.residues.push_back(
          annotated(structure, structure.residues[atom.residue], assembly_.mate[n], cath_));
    annotation_.residue.push_back(found->second);
    annotation_.name.push_back(atom.name);
    annotation_.alt_id.push_back(atom.alt_id);
    annotation_.b_factor.push_back(atom.b_factor);
  }

  TileRow encode() const {
    return {tile_, encode_drawing(tile_, drawing_), encode_annotation(annotation_)};
  }

 private:
  const Assembly& assembly_;
  Eigen::Vector3i tile_;
  const std::vector<CathDomains::Domain>& cath_;
  DrawingAtoms drawing_;
  AtomAnnotations annotation_;
  std::unordered_map<std::uint64_t, std::uint32_t> residue_of_;
};

}  // namespace

AssemblyRows assembly_rows(const Assembly& assembly, const std::vector<Zone>& zones,
                           const ZoneParameters& parameters,
                           const std::vector<CathDomains::Domain>& cath) {
  AssemblyRows rows{assembly.pdb_id, assembly.atom_count(), {}, {}};
  std::vector<Eigen::Vector3d> centers_A;
  for (const auto& zone : zones) {
    rows.zones.push_back(zone_row(*assembly.structure, zone));
    centers_A.push_back(zone.center_A);
  }

  ZoneSurroundings surroundings(centers_A, parameters.atom_inclusion_radius_A,
                                parameters.atom_inclusion_boundary_depth_A);
  struct Placed {
    std::uint64_t tile_key;  // sorts tiles like their key in the database
    std::uint32_t atom;
    bool inside;
  };
  std::vector<Placed> placed;
  for (std::size_t n = 0; n < assembly.atom_count(); ++n) {
    const Eigen::Vector3i tile = cell_of(assembly.positions_A[n], kAtomTileEdge_A);
    const auto place = surroundings.place_of(stored_position_A(tile, assembly.positions_A[n]));
    if (place != ZoneSurroundings::Place::outside)
      placed.push_back({cell_key(tile), static_cast<std::uint32_t>(n),
                        place == ZoneSurroundings::Place::inside});
  }
  // Atoms keep their order within a tile.
  std::stable_sort(placed.begin(), placed.end(),
                   [](const Placed& a, const Placed& b) { return a.tile_key < b.tile_key; });
  for (auto first = placed.begin(); first != placed.end();) {
    TileBuilder tile(assembly, cell_of(assembly.positions_A[first->atom], kAtomTileEdge_A), cath);
    auto last = first;
    for (; last != placed.end() && last->tile_key == first->tile_key; ++last)
      tile.add(last->atom, !last->inside);
    rows.tiles.push_back(tile.encode());
    first = last;
  }
  return rows;
}

}  // namespace mmgym
