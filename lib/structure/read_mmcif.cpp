#include "structure/read_mmcif.h"

#include <new>

#include "structure/cif_block.h"
#include "structure/cut_atoms.h"
#include "structure/parsed_atom_rows.h"

namespace mmgym {
namespace {

using Read = std::function<void(gemmi::cif::Block&, AtomRows&)>;

const std::vector<std::string_view> kCategories = {"_entry.",
                                                   "_pdbx_database_status.",
                                                   "_exptl.",
                                                   "_refine.",
                                                   "_em_3d_reconstruction.",
                                                   "_entity.",
                                                   "_entity_poly.",
                                                   "_pdbx_entity_nonpoly.",
                                                   "_pdbx_entity_branch_link.",
                                                   "_struct_asym.",
                                                   "_pdbx_struct_assembly.",
                                                   "_pdbx_struct_assembly_gen.",
                                                   "_pdbx_struct_oper_list."};

/// Rows whose values are short enough to be stored. Throws StructureError for others.
class ShortRows final : public AtomRows {
 public:
  ShortRows(AtomRows& rows, const std::vector<std::string_view>& columns)
      : rows_(rows), columns_(columns) {}

  bool has(std::size_t column) const override { return rows_.has(column); }

  bool next(std::vector<std::string_view>& values) override {
    if (!rows_.next(values)) return false;
    ++row_;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i].size() > kMostValueBytes)
        throw StructureError("row " + std::to_string(row_) +
                             " of _atom_site: " + std::string(columns_[i]) + " has " +
                             std::to_string(values[i].size()) + " bytes; at most " +
                             std::to_string(kMostValueBytes) + " can be stored");
    return true;
  }

 private:
  AtomRows& rows_;
  const std::vector<std::string_view>& columns_;
  std::size_t row_ = 0;
};

/// Returns false if the text needs a full parser.
bool read_by_lines(const std::string& text, const std::string& file_name,
                   const std::vector<std::string_view>& columns, const InputLimits& limits,
                   const Read& read) {
  const auto cut = cut_atoms(text, kCategories);
  if (!cut) return false;
  try {
    gemmi::cif::Document document = parse_cif(cut->categories, file_name, limits);
    CutAtomRows cut_rows(*cut, columns);
    ShortRows rows(cut_rows, columns);
    read(document.blocks.front(), rows);
    return true;
  } catch (const UnusualLayout&) {
    return false;
  } catch (const NotCif&) {
    return false;  // the full parser reports the right line
  }
}

}  // namespace

void read_mmcif(const std::string& text, const std::string& file_name,
                const std::vector<std::string_view>& columns, const InputLimits& limits,
                const Read& read) {
  try {
    if (read_by_lines(text, file_name, columns, limits, read)) return;
    gemmi::cif::Document document = parse_cif(text, file_name, limits);
    ParsedAtomRows parsed_rows(document, columns);
    ShortRows rows(parsed_rows, columns);
    read(parsed_rows.block(), rows);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    throw StructureError("not valid mmCIF: " + one_line(error));
  }
}

}  // namespace mmgym
