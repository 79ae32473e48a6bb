#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "structure/atom_rows.h"

namespace gemmi::cif {
struct Block;
}

// A helper of the readers in this folder; not for others, because it names gemmi's types.

namespace mmgym {

/// Reads an mmCIF text: calls read(block, rows) with a block that has all categories that mmgym
/// needs, except _atom_site, and with the rows of _atom_site, of which only these columns are
/// taken.
///
/// A text in the usual layout is divided by its lines, and only the categories are parsed. Atoms
/// are nearly all of a file, and to parse them takes several times as long, and ten times the
/// memory. Another text is parsed as a whole; `read` can then have been called before, without
/// success, and must start anew.
///
/// Throws StructureError where the text is not CIF, and in place of any exception of `read` that is
/// no Error of ours and no std::bad_alloc: gemmi throws many types for what is in a file.
void read_mmcif(const std::string& text, const std::string& file_name,
                const std::vector<std::string_view>& columns,
                const std::function<void(gemmi::cif::Block& block, AtomRows& rows)>& read);

}  // namespace mmgym
