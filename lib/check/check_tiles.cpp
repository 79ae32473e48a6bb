#include "check/check_tiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "database/gym_statistics.h"
#include "database/stored_assemblies.h"
#include "geometry/cell_list.h"

namespace mmgym {
namespace {

class TileChecker {
 public:
  TileChecker(GymReader& reader, Findings& findings)
      : reader_(reader),
        findings_(findings),
        stored_(reader),
        labels_{list("polymer_labels"), list("cath_labels")} {}

  /// Checks all tiles of an assembly. Calls on_tile() after each.
  template <typename OnTile>
  void check(std::int64_t assembly_id, TileCounts& counts, const OnTile& on_tile) {
    const std::size_t findings_before = findings_.count();
    const std::int64_t lost_before = counts.lost_tiles;
    tiles_ = stored_.tiles(assembly_id);
    std::int64_t atoms = 0;
    for (const Eigen::Vector3i& tile : tiles_) {
      ++counts.tiles;
      try {
        atoms += atoms_of(assembly_id, tile);
      } catch (const DatabaseInUse&) {
        throw;
      } catch (const DatabaseError& error) {
        findings_.add(error.what());
        ++counts.lost_tiles;
      }
      on_tile();
    }
    counts.atoms += atoms;
    check_counts(assembly_id, atoms);
    const std::int64_t zones = check_zones(assembly_id);
    if (counts.lost_tiles == lost_before && findings_.count() == findings_before) return;
    ++counts.assemblies_with_loss;
    counts.zones_with_loss += zones;
  }

 private:
  std::optional<std::size_t> list(const char* key) {
    try {
      return reader_.metadata_texts(key).size();
    } catch (const DatabaseError&) {
      return std::nullopt;  // a finding of check_metadata
    }
  }

  /// Decodes a tile and returns its number of atoms. Throws DatabaseError.
  std::int64_t atoms_of(std::int64_t assembly_id, const Eigen::Vector3i& tile) {
    drawing_.clear();
    annotations_ = {};
    reader_.read_column(assembly_id, tile.x(), tile.y(), tile.z(), tile.z(),
                        [&](int, std::span<const std::uint8_t> blob) {
                          try {
                            decode_drawing(tile, blob, drawing_);
                          } catch (const DamagedTile& error) {
                            reader_.fail_tile(assembly_id, tile, error.what());
                          }
                        });
    reader_.read_annotation(assembly_id, tile, annotations_);
    const auto fail = [&](const char* what) { reader_.fail_tile(assembly_id, tile, what); };
    if (drawing_.size() == 0) fail("it has no atoms");
    if (annotations_.size() != drawing_.size()) fail("its annotation has another number of atoms");
    for (std::size_t i = 0; i < drawing_.size(); ++i) {
      if (drawing_.flags[i] > (kIsPolymer | kOutOfBounds)) fail("it has unknown flags of atoms");
      if (!std::isfinite(annotations_.b_factor[i])) fail("it has a B factor that is not a number");
    }
    for (const AnnotatedResidue& residue : annotations_.residues)
      if (is_unknown(residue.polymer_label, labels_[0]) ||
          is_unknown(residue.cath_label, labels_[1]))
        fail("it has an unknown label");
    return static_cast<std::int64_t>(drawing_.size());
  }

  static bool is_unknown(std::optional<int> label, std::optional<std::size_t> labels) {
    return label && labels && static_cast<std::size_t>(*label) >= *labels;
  }

  void check_counts(std::int64_t assembly_id, std::int64_t atoms) {
    const auto facts = stored_.facts(assembly_id);
    if (!facts) return;  // a finding of check_references
    const std::string name = fmt::format("assembly {}/{}", facts->structure_pdb_id, facts->pdb_id);
    if (atoms > facts->atom_count)
      findings_.add(fmt::format("{}: has {} stored atoms, more than its atom_count of {}", name,
                                atoms, facts->atom_count));
    const std::int64_t annotated = stored_.annotated_tiles(assembly_id);
    const auto tiles = static_cast<std::int64_t>(tiles_.size());
    if (annotated > tiles)
      findings_.add(fmt::format("{}: has annotations for {} tiles, but {} tiles of atoms", name,
                                annotated, tiles));
  }

  /// Checks that there are atoms at the zones. Returns the number of zones.
  std::int64_t check_zones(std::int64_t assembly_id) {
    const auto zones = stored_.zone_centers(assembly_id);
    for (const auto& zone : zones)
      if (!has_tile_near(cell_of(zone.center_A, kAtomTileEdge_A)))
        findings_.add(fmt::format("zone {}: has no atoms", zone.zone_id));
    return static_cast<std::int64_t>(zones.size());
  }

  /// Whether the cube or one of those around it has atoms. Tiles are in order of x, y, z.
  bool has_tile_near(const Eigen::Vector3i& middle) const {
    const auto before = [](const Eigen::Vector3i& a, const Eigen::Vector3i& b) {
      return std::lexicographical_compare(a.data(), a.data() + 3, b.data(), b.data() + 3);
    };
    for (int x = -1; x <= 1; ++x)
      for (int y = -1; y <= 1; ++y)
        for (int z = -1; z <= 1; ++z)
          if (std::binary_search(tiles_.begin(), tiles_.end(),
                                 Eigen::Vector3i(middle + Eigen::Vector3i(x, y, z)), before))
            return true;
    return false;
  }

  GymReader& reader_;
  Findings& findings_;
  StoredAssemblies stored_;
  std::array<std::optional<std::size_t>, 2> labels_;
  std::vector<Eigen::Vector3i> tiles_;  // of the assembly
  DrawingAtoms drawing_;
  AtomAnnotations annotations_;
};

}  // namespace

TileCounts check_tiles(GymReader& reader, Findings& findings,
                       const std::function<void(std::uint64_t, std::uint64_t)>& on_progress) {
  TileCounts counts;
  std::vector<std::int64_t> assemblies;
  std::uint64_t all = 0;
  run_check(findings, [&] {
    assemblies = assembly_ids(reader);
    all = static_cast<std::uint64_t>(StoredAssemblies(reader).tile_count());
  });
  TileChecker checker(reader, findings);
  findings.begin_kind();
  for (const std::int64_t assembly : assemblies) {
    try {
      checker.check(assembly, counts, [&] {
        const auto done = static_cast<std::uint64_t>(counts.tiles);
        on_progress(done, std::max(done, all));
      });
    } catch (const DatabaseInUse&) {
      throw;
    } catch (const DatabaseError& error) {
      findings.add(error.what());
      ++counts.assemblies_with_loss;
    }
  }
  return counts;
}

}  // namespace mmgym
