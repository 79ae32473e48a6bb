#include "pipeline/gym_rows.h"

#include <algorithm>
#include <unordered_map>

#include "database/tile_codec.h"
#include "geometry/cell_list.h"
#include "structure/read_structure.h"
#include "structure/read_text.h"

namespace mmgym {
namespace {

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

AnnotatedResidue annotated(const Structure& structure, const Residue& residue, std::uint32_t mate) {
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
  return result;
}

/// Fills a tile, atom by atom.
class TileBuilder {
 public:
  TileBuilder(const Assembly& assembly, const Eigen::Vector3i& tile)
      : assembly_(assembly), tile_(tile) {}

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
          annotated(structure, structure.residues[atom.residue], assembly_.mate[n]));
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
  DrawingAtoms drawing_;
  AtomAnnotations annotation_;
  std::unordered_map<std::uint64_t, std::uint32_t> residue_of_;
};

}  // namespace

AssemblyRows assembly_rows(const Assembly& assembly, const std::vector<Zone>& zones,
                           const ZoneParameters& parameters) {
  AssemblyRows rows{assembly.pdb_id, assembly.atom_count(), {}, {}};
  std::vector<Eigen::Vector3d> centers_A;
  for (const auto& zone : zones) {
    rows.zones.push_back(zone_row(*assembly.structure, zone));
    centers_A.push_back(zone.center_A);
  }

  const double inner_A = parameters.atom_inclusion_radius_A;
  const double outer_A = inner_A + parameters.atom_inclusion_boundary_depth_A;
  const CellList zone_list(centers_A, outer_A);
  struct Placed {
    std::uint64_t tile_key;  // orders tiles as their key in the database does
    std::uint32_t atom;
    bool inside;
  };
  std::vector<Placed> placed;
  for (std::size_t n = 0; n < assembly.atom_count(); ++n) {
    const Eigen::Vector3d& position_A = assembly.positions_A[n];
    const bool inside = zone_list.any_within(position_A, inner_A);
    if (inside || zone_list.any_within(position_A, outer_A))
      placed.push_back(
          {cell_key(cell_of(position_A, kAtomTileEdge_A)), static_cast<std::uint32_t>(n), inside});
  }
  // Atoms keep their order within a tile.
  std::stable_sort(placed.begin(), placed.end(),
                   [](const Placed& a, const Placed& b) { return a.tile_key < b.tile_key; });
  for (auto first = placed.begin(); first != placed.end();) {
    TileBuilder tile(assembly, cell_of(assembly.positions_A[first->atom], kAtomTileEdge_A));
    auto last = first;
    for (; last != placed.end() && last->tile_key == first->tile_key; ++last)
      tile.add(last->atom, !last->inside);
    rows.tiles.push_back(tile.encode());
    first = last;
  }
  return rows;
}

InputOutcome process_file(const std::filesystem::path& path, const ZoneParameters& parameters,
                          const std::vector<Eigen::Vector3d>& neighbor_offsets_A) {
  InputOutcome outcome;
  RejectedRow rejected{path.string(), "", "", "read", ""};
  try {
    const std::string text = read_text(path);
    rejected.stage = "parse";
    const Structure structure = read_structure(text, path.filename().string());
    outcome.pdb_id = rejected.pdb_id = structure.pdb_id;

    rejected.stage = "zones";
    const AssemblyRecipe& recipe = structure.assemblies.front();
    rejected.assembly_pdb_id = recipe.pdb_id;
    const Assembly assembly = build_assembly(structure, recipe);
    const ZoneSearch search = find_zones(assembly, parameters, neighbor_offsets_A);
    if (!search.zones.empty())
      outcome.structures.push_back({structure.pdb_id,
                                    structure.model_id,
                                    {assembly_rows(assembly, search.zones, parameters)}});
    else
      rejected.reason = search.reason;
  } catch (const std::exception& error) {
    rejected.reason = error.what();
  }
  if (outcome.structures.empty()) outcome.rejected.push_back(rejected);
  return outcome;
}

}  // namespace mmgym
