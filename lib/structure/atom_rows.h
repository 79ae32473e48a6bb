#pragma once

#include <gemmi/cif.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "structure/cif_block.h"
#include "structure/cut_atoms.h"
#include "structure/structure.h"

// A helper of the readers in this folder; not for others, for it names gemmi's types.

namespace mmgym {

/// The rows of _atom_site, one after the other.
class AtomRows {
 public:
  virtual ~AtomRows() = default;
  /// Whether the file has the column of this number, of those that were asked for.
  virtual bool has(std::size_t column) const = 0;
  /// Puts the next row's values of these columns into `values`, without quotes; "" is what the file
  /// does not tell. They last until the next call. False at the end.
  virtual bool next(std::vector<std::string_view>& values) = 0;
};

/// A text that cannot be read line by line after all.
struct UnusualLayout {};

/// Rows of a text that was cut. next() throws UnusualLayout where a row is not a line.
class CutAtomRows final : public AtomRows {
 public:
  CutAtomRows(const CutText& cut, const std::vector<std::string_view>& columns);
  bool has(std::size_t column) const override { return columns_[column] < width_; }
  bool next(std::vector<std::string_view>& values) override;

 private:
  std::size_t width_;
  std::vector<std::size_t> columns_;  // width_ where there is none
  std::string_view rest_;
  std::vector<std::string_view> row_;
};

/// Rows of a block that was parsed as a whole.
class ParsedAtomRows final : public AtomRows {
 public:
  /// Throws StructureError if no block has coordinates.
  ParsedAtomRows(gemmi::cif::Document& document, const std::vector<std::string_view>& columns);
  bool has(std::size_t column) const override { return table_.has_column(1 + column); }
  bool next(std::vector<std::string_view>& values) override;

  gemmi::cif::Block& block() { return block_; }

 private:
  gemmi::cif::Block& block_;
  gemmi::cif::Table table_;
  std::size_t next_ = 0;
  std::vector<std::string> row_;
};

/// Returns read(block, rows): a gemmi::cif::Block& with these categories ("_entity.", in lower
/// case), and AtomRows& of these columns. A text in the usual layout is taken apart by its lines,
/// and only the categories are parsed: atoms are nearly all of a file, and to parse them takes
/// several times as long, and ten times the memory. Another text is parsed as a whole; `read` can
/// then have been called in vain before. Throws StructureError where the text is not CIF.
template <typename Read>
auto read_mmcif(const std::string& text, const std::string& file_name,
                const std::vector<std::string_view>& categories,
                const std::vector<std::string_view>& columns, Read read) {
  if (const auto cut = cut_atoms(text, categories)) {
    try {
      gemmi::cif::Document document = parse_cif(cut->categories, file_name);
      CutAtomRows rows(*cut, columns);
      return read(document.blocks.front(), rows);
    } catch (const UnusualLayout&) {
    } catch (const NotCif&) {
      // The whole text's parser knows the line.
    }
  }
  gemmi::cif::Document document = parse_cif(text, file_name);
  ParsedAtomRows rows(document, columns);
  return read(rows.block(), rows);
}

}  // namespace mmgym
