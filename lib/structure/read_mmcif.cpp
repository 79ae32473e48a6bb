#include "structure/read_mmcif.h"

#include <new>

#include "bcif/binary_cif.h"
#include "structure/binary_atom_rows.h"
#include "structure/binary_block.h"
#include "structure/cif_block.h"
#include "structure/cut_atom_rows.h"
#include "structure/parsed_atom_rows.h"

namespace mmgym {
namespace {

namespace cif = gemmi::cif;
using Read = std::function<void(gemmi::cif::Block&, AtomRows&)>;

const std::vector<std::string_view> kCategories = {"_entry.",
                                                   "_pdbx_database_status.",
                                                   "_exptl.",
                                                   "_refine.",
                                                   "_em_3d_reconstruction.",
                                                   "_pdbx_audit_revision_history.",
                                                   "_entity.",
                                                   "_entity_poly.",
                                                   "_pdbx_entity_nonpoly.",
                                                   "_pdbx_entity_branch_link.",
                                                   "_struct_asym.",
                                                   "_pdbx_struct_assembly.",
                                                   "_pdbx_struct_assembly_gen.",
                                                   "_pdbx_struct_oper_list.",
                                                   "_ma_model_list.",
                                                   "_ma_qa_metric.",
                                                   "_ma_qa_metric_global.",
                                                   "_ma_qa_metric_local."};

/// Returns the first block with coordinates.
const BinaryBlock& block_with_atoms(const BinaryCif& cif) {
  for (const BinaryBlock& block : cif.blocks())
    if (const auto* atoms = block.find("_atom_site"); atoms != nullptr && atoms->has("Cartn_x"))
      return block;
  throw StructureError("no atoms: the file has no _atom_site category");
}

void read_binary(const std::string& bytes, const AtomColumns& columns, const InputLimits& limits,
                 const Read& read) {
  try {
    const BinaryCif cif(bytes, most_text_bytes(limits));
    check_limit(cif.blocks().size(), limits, &InputLimits::max_data_blocks, "data blocks");
    const BinaryBlock& binary_block = block_with_atoms(cif);
    cif::Block block = text_block(binary_block, kCategories);
    BinaryAtomRows rows(*binary_block.find("_atom_site"), columns);
    read(block, rows);
  } catch (const BinaryCifLimit& error) {
    throw InputError(std::string(error.what()) + "; --max-text allows more");
  }
}

/// Returns false if the text needs a full parser.
bool read_by_lines(const std::string& text, const std::string& file_name,
                   const AtomColumns& columns, const InputLimits& limits, const Read& read) {
  const auto cut = cut_atoms(text, kCategories);
  if (!cut) return false;
  try {
    gemmi::cif::Document document = parse_cif(cut->categories, file_name, limits);
    CutAtomRows rows(*cut, columns);
    read(document.blocks.front(), rows);
    return true;
  } catch (const UnusualLayout&) {
    return false;
  } catch (const NotCif&) {
    return false;  // the full parser reports the right line
  }
}

}  // namespace

void read_mmcif(const std::string& text, const std::string& file_name, const AtomColumns& columns,
                const InputLimits& limits, const Read& read) {
  try {
    if (is_binary_cif(text)) return read_binary(text, columns, limits, read);
    if (read_by_lines(text, file_name, columns, limits, read)) return;
    gemmi::cif::Document document = parse_cif(text, file_name, limits);
    ParsedAtomRows rows(document, columns);
    read(rows.block(), rows);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    throw StructureError("not valid mmCIF: " + one_line(error));
  }
}

}  // namespace mmgym
