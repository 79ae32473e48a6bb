#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "sampling/sample_parameters.h"
#include "settings/enum_names.h"

namespace mmgym {

/// The coordinates in which exported atoms and maps stand.
enum class ExportFrame {
  /// The database's, which are those of the assembly of the PDB entry.
  stored,
  /// Each view's own: centered on the view, its axes those of the image.
  view,
};

template <>
inline constexpr std::array<EnumName<ExportFrame>, 2> kEnumNames<ExportFrame> = {
    {{"stored", ExportFrame::stored}, {"view", ExportFrame::view}}};

struct ExportOptions {
  std::filesystem::path database;
  std::filesystem::path folder;  // made if it is not there
  SampleParameters parameters;   // of the images
  std::string split;             // that samples are counted in; empty: all zones
  ExportFrame frame = ExportFrame::view;
  /// Atoms up to this far outside the image are written too.
  double margin_A = 0;
  /// Called before the work with each file that will be written. What it throws ends the export.
  std::function<void(const std::filesystem::path&)> on_planned = [](const auto&) {};
};

/// The files that were written, in order, and what was not and why (empty if there is nothing to
/// say).
struct ExportSummary {
  std::vector<std::filesystem::path> files;
  std::string note;
};

/// Writes the views of sample `index`: home and, in the neighbor task, neighbor. For each
///     sample-I-VIEW.cif              the atoms that reach into it (their balls, or 1.5 radii for
///                                    Fill::gaussian), and those in the margin
///     sample-I-VIEW-chN-ELEMENTS.mrc channel N of its image: the very voxels of the sample
/// In the frame `stored` there are no maps, because the views are turned against the stored
/// coordinates and a map cannot be.
ExportSummary export_sample(const ExportOptions& options, std::uint64_t index);

/// Writes an image around the center of a zone, not turned, as zone-Z.cif and
/// zone-Z-chN-ELEMENTS.mrc. In the frame `stored`, both lie upon the PDB entry's assembly; `view`
/// only has the origin moved to the zone's center.
ExportSummary export_zone(const ExportOptions& options, std::int64_t zone_id);

/// Writes all stored atoms of an assembly, given as PDBID/ASSEMBLY, in stored coordinates:
/// PDBID-assembly-ASSEMBLY.cif. Its note tells if the database has only a part of them. Throws
/// UsageError if that is not what the text is.
ExportSummary export_assembly(const ExportOptions& options, const std::string& assembly);

}  // namespace mmgym
