#pragma once

#include <string>

#include "structure/structure.h"

namespace mmgym {

/// Reads a model of an mmCIF text, the first if none is named, with the rules of the field's
/// reference programs: no hydrogen or deuterium, no water (residues named HOH or DOD, and entities
/// of type water), occupancies clipped to [0, 1] and 1 where absent. The PDB id is that of
/// `_entry.id`, else the data block's name, else `file_name` up to its first dot. A file without
/// assemblies has one, "1", its asymmetric unit. Entities, assemblies and numbers of subchains are
/// those of read_facts(). Throws StructureError where the text is not mmCIF, has no atoms, or has
/// an atom or an assembly that makes no sense.
Structure read_structure(const std::string& text, const std::string& file_name,
                         const std::string& model_id = "");

/// The version of the mmCIF parser.
std::string gemmi_version();

}  // namespace mmgym
