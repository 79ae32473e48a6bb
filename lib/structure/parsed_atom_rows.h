#pragma once

#include <cstddef>
#include <gemmi/cif.hpp>
#include <string>
#include <vector>

#include "structure/atom_rows.h"

// For the readers in this folder only: it uses gemmi's types.

namespace mmgym {

/// Rows of a fully parsed block.
class ParsedAtomRows final : public AtomRows {
 public:
  /// Both must outlive this. Throws StructureError if no block has coordinates.
  ParsedAtomRows(gemmi::cif::Document& document, const AtomColumns& columns);

  bool has(std::size_t column) const override { return table_.has_column(1 + column); }
  const Row* next() override;
  double number(std::size_t column) const override;
  std::string text(std::size_t column) const override { return texts_[column]; }

  gemmi::cif::Block& block() { return block_; }

 private:
  const AtomColumns& wanted_;
  gemmi::cif::Block& block_;
  gemmi::cif::Table table_;
  std::size_t next_ = 0;
  std::vector<std::string> texts_;
  Row values_;
};

}  // namespace mmgym
