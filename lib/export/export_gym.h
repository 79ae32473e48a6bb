#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "database/split_tables.h"
#include "sampling/sample_parameters.h"
#include "settings/enum_names.h"

namespace mmgym {

/// The coordinates of exported atoms and maps.
enum class ExportFrame {
  /// The coordinates of the database and of the assembly in the PDB entry.
  stored,
  /// The coordinates of each view: origin at its center, axes of the image.
  view,
};

template <>
inline constexpr std::array<EnumName<ExportFrame>, 2> kEnumNames<ExportFrame> = {
    {{"stored", ExportFrame::stored}, {"view", ExportFrame::view}}};

struct ExportOptions {
  std::filesystem::path database;
  std::filesystem::path folder;  // created if it does not exist
  SampleParameters parameters;   // of the images
  std::string split{kAllZones};  // of the samples; see resolve_split
  ExportFrame frame = ExportFrame::view;
  /// Atoms up to this far outside the image are written too.
  double margin_A = 0;
  /// Called with the path of each file before anything is written. An exception ends the export.
  std::function<void(const std::filesystem::path&)> on_planned = [](const auto&) {};
};

/// The written files, in order, and a note on what was not written and why (may be empty).
struct ExportSummary {
  std::vector<std::filesystem::path> files;
  std::string note;
};

/// Writes the views of sample `index`: home and, in the neighbor task, neighbor. Files per view:
///     sample-I-VIEW.cif              the atoms that reach into it or its margin (with their
///                                    radius, or 1.5 radii for Fill::gaussian)
///     sample-I-VIEW-chN-ELEMENTS.mrc channel N of its image, with the voxels of the sample
/// In the frame `stored` there are no maps, because views are rotated against the stored
/// coordinates and a map cannot be rotated.
ExportSummary export_sample(const ExportOptions& options, std::uint64_t index);

/// Writes an image around the center of a zone, without rotation, as zone-Z.cif and
/// zone-Z-chN-ELEMENTS.mrc. In the frame `stored`, both have the coordinates of the PDB entry's
/// assembly. In the frame `view`, the origin is the center of the zone.
ExportSummary export_zone(const ExportOptions& options, std::int64_t zone_id);

/// Writes all stored atoms of an assembly, given as PDBID/ASSEMBLY, in stored coordinates:
/// PDBID-assembly-ASSEMBLY.cif. The note says if the database has only a part of them. Throws
/// UsageError if the text is not of this form.
ExportSummary export_assembly(const ExportOptions& options, const std::string& assembly);

}  // namespace mmgym
