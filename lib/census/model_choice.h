#pragma once

#include <vector>

#include "structure/facts.h"

namespace mmgym {

/// Returns the models that the assemblies of a structure describe, as indices, ascending. Rules of
/// macromol-census: only models with all subchains of the assemblies are considered. Models without
/// other subchains are preferred. Models are equivalent if these subchains have the same ids,
/// chains and entities, and if both or none are traces (one atom per residue). The largest set of
/// equivalent models is returned; of equals, the first.
///
/// If no model has all subchains of the assemblies, the first model of the file is returned.
/// macromol-census fails in this case.
std::vector<std::size_t> choose_models(const StructureFacts& facts);

}  // namespace mmgym
