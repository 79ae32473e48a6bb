#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "bcif/binary_cif_error.h"
#include "bcif/binary_column.h"

// BinaryCIF, a CIF file as MessagePack with compressed columns:
// https://github.com/molstar/BinaryCIF/blob/master/encoding.md. C++17, like the sources that use
// gemmi.
//
//     const BinaryCif cif(bytes, most_bytes);
//     const BinaryCategory* atoms = cif.blocks().front().find("_atom_site");
//     const BinaryColumn x = atoms->column("Cartn_x");
//     for (std::size_t row = 0; row < x.rows(); ++row) use(x.number(row));

namespace mmgym {

/// Whether bytes begin as a BinaryCIF file does, with a MessagePack map. No text CIF does: it
/// begins with an ASCII character or a byte order mark.
bool is_binary_cif(std::string_view bytes);

/// A category: a table. Copies refer to the same data.
class BinaryCategory {
 public:
  struct Content;
  explicit BinaryCategory(std::shared_ptr<const Content> content);

  /// With an underscore: "_atom_site".
  std::string_view name() const;
  std::size_t rows() const;
  /// Without the category: "Cartn_x".
  std::vector<std::string_view> column_names() const;
  bool has(std::string_view column) const;

  /// Decodes a column. Without such a column, all values are unknown. Throws BinaryCifError if it
  /// is not valid, and BinaryCifLimit.
  BinaryColumn column(std::string_view name) const;

 private:
  std::shared_ptr<const Content> content_;
};

/// A data block. Copies refer to the same data.
class BinaryBlock {
 public:
  struct Content;
  explicit BinaryBlock(std::shared_ptr<const Content> content);

  /// Its name.
  std::string_view header() const;
  const std::vector<BinaryCategory>& categories() const;
  /// Returns a category, or nullptr.
  const BinaryCategory* find(std::string_view name) const;

 private:
  std::shared_ptr<const Content> content_;
};

/// The categories of a file. Columns are decoded when they are asked for, each time that they are.
/// Texts are not copied: the bytes must outlive the file, its blocks, categories and columns. Names
/// are compared without regard to case, as CIF does. A file is for one thread at a time, with all
/// its columns.
class BinaryCif {
 public:
  /// Throws BinaryCifError if the bytes are not valid BinaryCIF; columns are not decoded yet.
  /// Throws BinaryCifLimit if a category has more than `most_bytes` / 2 rows, as no text of that
  /// size has, or if the tree of maps and arrays needs more memory than `most_bytes`. Later,
  /// decoding a column does so if the tree and those of the decoded columns that exist would need
  /// more: 1 byte a row for a mask, 4 for an integer or the index of a string, 8 for a double, and
  /// those of one step before the result. Memory is counted before it is allocated.
  BinaryCif(std::string_view bytes, std::uint64_t most_bytes);

  const std::vector<BinaryBlock>& blocks() const { return blocks_; }

 private:
  std::vector<BinaryBlock> blocks_;
};

}  // namespace mmgym
