#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "database/gym_writer.h"
#include "structure/assembly.h"
#include "zones/find_zones.h"

namespace mmgym {

/// Polymer types that have a label; the label is the position in this list.
inline const std::vector<std::string> kPolymerLabels = {"polypeptide(L)", "polydeoxyribonucleotide",
                                                        "polyribonucleotide"};

/// The rows of an assembly with zones: these, and in tiles the atoms near them.
AssemblyRows assembly_rows(const Assembly& assembly, const std::vector<Zone>& zones,
                           const ZoneParameters& parameters);

/// Reads a file and finds the zones of the first assembly that it lists. Never throws for what the
/// file holds: a bad one is an outcome too.
InputOutcome process_file(const std::filesystem::path& path, const ZoneParameters& parameters,
                          const std::vector<Eigen::Vector3d>& neighbor_offsets_A);

}  // namespace mmgym
