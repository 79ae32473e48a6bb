#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "inputs/input_limits.h"
#include "structure/atom_rows.h"

namespace gemmi::cif {
struct Block;
}

// For the readers in this folder only: it uses gemmi's types.

namespace mmgym {

/// Reads an mmCIF text, or BinaryCIF. Calls read(block, rows): the block contains the categories
/// that mmgym needs except _atom_site, and the rows contain the requested columns of _atom_site.
///
/// A text in the usual layout is split into lines, and only the categories are parsed. Atoms
/// are most of a file; parsing them takes several times as long and ten times the memory. Other
/// texts are fully parsed. In this case an earlier call of `read` may have failed, so `read` must
/// reset its results.
///
/// Throws BinaryCifError, or StructureError if the text is not CIF, or if a requested value has
/// more than kMostValueBytes. Throws InputError if there are too many data blocks. Replaces
/// exceptions of `read` other than Error and std::bad_alloc by StructureError, because gemmi throws
/// many types for errors in a file.
void read_mmcif(const std::string& text, const std::string& file_name, const AtomColumns& columns,
                const InputLimits& limits,
                const std::function<void(gemmi::cif::Block& block, AtomRows& rows)>& read);

}  // namespace mmgym
