#pragma once

#include <string>

#include "inputs/input_limits.h"
#include "structure/structure.h"

namespace mmgym {

/// Reads a model of an mmCIF text, by default the first. Skips hydrogen, deuterium and water
/// (residues named HOH or DOD, and entities of type water), like the reference programs.
/// Passes over atoms without coordinates. Occupancies are clipped to [0, 1]; a missing occupancy is
/// 1. An unknown element is kUnknownElement. Leaves out assemblies that are refused. The PDB id is
/// `_entry.id`, else the name of the data block, else `file_name` up to its first dot. A file
/// without assemblies has one, "1": its asymmetric unit. Entities, assemblies and numbers of
/// subchains agree with read_facts(). Throws StructureError if the text is not mmCIF, has no atoms,
/// or has an invalid atom or assembly, and InputError if it exceeds a limit.
Structure read_structure(const std::string& text, const std::string& file_name,
                         const std::string& model_id = "", const InputLimits& limits = {});

/// Returns the version of the mmCIF parser.
std::string gemmi_version();

}  // namespace mmgym
