#pragma once

#include <vector>

#include "structure/facts.h"

namespace mmgym {

/// The models that the assemblies of a structure describe, as indices, ascending. Rules of
/// macromol-census: models are alike if they have the same subchains (of those in assemblies) of
/// the same chains and entities, and both are or are not mere traces (one atom a residue). Of the
/// models that have every subchain of the assemblies, those with no others are preferred; of these
/// the largest set of alike models is taken, the first of equals.
///
/// Where no model has all subchains of the assemblies (the reference stops there), the first model
/// of the file is taken.
std::vector<std::size_t> choose_models(const StructureFacts& facts);

}  // namespace mmgym
