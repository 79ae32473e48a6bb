#pragma once

#include <string>
#include <vector>

#include "bcif/binary_cif.h"
#include "binary_cif_writer.h"

namespace mmgym::testing::bcif {

inline constexpr std::uint64_t kMostBytes = 1000000;

/// The encoding.
inline json byte_array(Type type) { return {{"kind", "ByteArray"}, {"type", type}}; }

/// A file with the column _atom_site.x alone.
inline json file_of(const json& data, std::int64_t rows, const json& mask = nullptr) {
  return file({block("1ABC", {category("_atom_site", rows, {column("x", data, mask)})})});
}

/// The numbers of a column with this data.
inline std::vector<double> numbers(const json& data, std::size_t rows, const json& mask = nullptr) {
  const std::string bytes = packed(file_of(data, static_cast<std::int64_t>(rows), mask));
  const BinaryCif cif(bytes, kMostBytes);
  const BinaryColumn column = cif.blocks().at(0).find("_atom_site")->column("x");
  std::vector<double> result;
  for (std::size_t row = 0; row < column.rows(); ++row) result.push_back(column.number(row));
  return result;
}

/// The texts of a column with this data.
inline std::vector<std::string> texts(const json& data, std::size_t rows,
                                      const json& mask = nullptr) {
  const std::string bytes = packed(file_of(data, static_cast<std::int64_t>(rows), mask));
  const BinaryCif cif(bytes, kMostBytes);
  const BinaryColumn column = cif.blocks().at(0).find("_atom_site")->column("x");
  BinaryColumn::TextBuffer buffer;
  std::vector<std::string> result;
  for (std::size_t row = 0; row < column.rows(); ++row)
    result.emplace_back(column.text(row, buffer));
  return result;
}

/// Decodes every column of a file, and returns the message of the exception, "" if there is none.
inline std::string refusal_of_bytes(const std::string& bytes,
                                    std::uint64_t most_bytes = kMostBytes) {
  try {
    const BinaryCif cif(bytes, most_bytes);
    for (const BinaryBlock& block : cif.blocks())
      for (const BinaryCategory& category : block.categories())
        for (const std::string_view name : category.column_names()) category.column(name);
  } catch (const BinaryCifError& error) {
    return error.what();
  }
  return "";
}

inline std::string refusal(const json& file, std::uint64_t most_bytes = kMostBytes) {
  return refusal_of_bytes(packed(file), most_bytes);
}

}  // namespace mmgym::testing::bcif
