#pragma once

#include <gemmi/cif.hpp>
#include <string_view>
#include <vector>

#include "bcif/binary_cif.h"

// For the readers in this folder only: it uses gemmi's types.

namespace mmgym {

/// Returns some categories ("_entity.") of a block as gemmi's parser would. Decodes no others.
gemmi::cif::Block text_block(const BinaryBlock& block,
                             const std::vector<std::string_view>& categories);

}  // namespace mmgym
