#pragma once

#include <gemmi/cif.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "structure/text_atom_rows.h"

// For the readers in this folder only: it uses gemmi's types.

namespace mmgym {

/// Rows of a fully parsed block.
class ParsedAtomRows final : public ValueRows {
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

}  // namespace mmgym
