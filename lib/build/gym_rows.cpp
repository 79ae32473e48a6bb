#include "build/gym_rows.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/ordered_work.h"
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
              const std::vector<CathDomains::Domain>& cath, std::size_t atoms)
      : assembly_(assembly), tile_(tile), cath_(cath) {
    for (auto* axis : {&drawing_.x_A, &drawing_.y_A, &drawing_.z_A}) axis->reserve(atoms);
    drawing_.occupancy.reserve(atoms);
    drawing_.element.reserve(atoms);
    drawing_.flags.reserve(atoms);
    annotation_.residue.reserve(atoms);
    annotation_.name.reserve(atoms);
    annotation_.alt_id.reserve(atoms);
    annotation_.b_factor.reserve(atoms);
  }

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

    annotation_.residue.push_back(place_of_residue(atom.residue, assembly_.mate[n]));
    annotation_.name.push_back(structure.name_of(atom));
    annotation_.alt_id.push_back(atom.alt_id);
    annotation_.b_factor.push_back(atom.b_factor);
  }

  TileRow encode() const {
    return {tile_, encode_drawing(tile_, drawing_), encode_annotation(annotation_)};
  }

 private:
  /// Returns the place of a residue among those of the tile. Adds it if it is new.
  std::uint32_t place_of_residue(std::uint32_t residue, std::uint32_t mate) {
    const std::uint64_t key = std::uint64_t{mate} << 32 | residue;
    // Most atoms have the same residue as the one before.
    if (!annotation_.residue.empty() && key == last_key_) return annotation_.residue.back();
    last_key_ = key;
    const auto [found, is_new] =
        residue_of_.try_emplace(key, static_cast<std::uint32_t>(annotation_.residues.size()));
    if (is_new)
      annotation_.residues.push_back(
          annotated(*assembly_.structure, assembly_.structure->residues[residue], mate, cath_));
    return found->second;
  }

  const Assembly& assembly_;
  Eigen::Vector3i tile_;
  const std::vector<CathDomains::Domain>& cath_;
  DrawingAtoms drawing_;
  AtomAnnotations annotation_;
  std::unordered_map<std::uint64_t, std::uint32_t> residue_of_;
  std::uint64_t last_key_ = 0;
};

/// An atom that is stored.
struct PlacedAtom {
  std::uint64_t tile_key;  // sorts tiles like their key in the database
  std::uint32_t atom;
  bool inside;
};
using TileAtoms = std::vector<PlacedAtom>;  // of one tile, in the order of the assembly

Eigen::Vector3i tile_of(const Assembly& assembly, std::size_t n) {
  return cell_of(assembly.positions_A[n], kAtomTileEdge_A);
}

/// Returns the atoms to store by the keys of their tiles.
std::map<std::uint64_t, TileAtoms> placed_atoms(const Assembly& assembly,
                                                const ZoneSurroundings& surroundings) {
  constexpr std::size_t kPiece = 8192;  // of atoms that one thread looks at
  std::vector<std::vector<PlacedAtom>> pieces((assembly.atom_count() + kPiece - 1) / kPiece);
  share_work(pieces.size(), [&](std::size_t piece) {
    std::uint32_t last_zone = 0;
    const std::size_t end = std::min((piece + 1) * kPiece, assembly.atom_count());
    for (std::size_t n = piece * kPiece; n < end; ++n) {
      const Eigen::Vector3i tile = tile_of(assembly, n);
      const auto place =
          surroundings.place_of(stored_position_A(tile, assembly.positions_A[n]), last_zone);
      if (place != ZoneSurroundings::Place::outside)
        pieces[piece].push_back({cell_key(tile), static_cast<std::uint32_t>(n),
                                 place == ZoneSurroundings::Place::inside});
    }
  });
  std::map<std::uint64_t, TileAtoms> tiles;
  TileAtoms* last = nullptr;
  for (const auto& piece : pieces)
    for (const PlacedAtom& atom : piece) {
      // Most atoms are in the tile of the one before.
      if (last == nullptr || last->back().tile_key != atom.tile_key) last = &tiles[atom.tile_key];
      last->push_back(atom);
    }
  return tiles;
}

}  // namespace

AssemblyRows assembly_rows(const Assembly& assembly, const std::vector<Zone>& zones,
                           const ZoneParameters& parameters,
                           const std::vector<CathDomains::Domain>& cath, ThreadTimes* times) {
  const StageTimer timer(times, Stage::place_atoms);
  AssemblyRows rows{assembly.pdb_id, assembly.atom_count(), {}, {}};
  std::vector<Eigen::Vector3d> centers_A;
  for (const auto& zone : zones) {
    rows.zones.push_back(zone_row(*assembly.structure, zone));
    centers_A.push_back(zone.center_A);
  }

  const auto placed =
      placed_atoms(assembly, ZoneSurroundings(centers_A, parameters.atom_inclusion_radius_A,
                                              parameters.atom_inclusion_boundary_depth_A));
  std::vector<const TileAtoms*> tiles;
  for (const auto& [key, atoms] : placed) tiles.push_back(&atoms);
  rows.tiles.resize(tiles.size());
  share_work(tiles.size(), [&](std::size_t i) {
    const StageTimer tile_timer(times, Stage::encode_tiles);
    const TileAtoms& atoms = *tiles[i];
    TileBuilder tile(assembly, tile_of(assembly, atoms.front().atom), cath, atoms.size());
    for (const PlacedAtom& atom : atoms) tile.add(atom.atom, !atom.inside);
    rows.tiles[i] = tile.encode();
  });
  return rows;
}

}  // namespace mmgym
