// A BinaryCIF file: every column is decoded, and every value read.

#include <cmath>

#include "base/text.h"
#include "bcif/binary_cif.h"
#include "fuzz_input.h"

using namespace mmgym;

namespace {

void read_column(const BinaryColumn& column) {
  BinaryColumn::TextBuffer buffer;
  for (std::size_t row = 0; row < column.rows(); ++row) {
    const double number = column.number(row);
    const std::string_view text = column.text(row, buffer);
    if (!column.is_present(row)) {
      fuzz::require(std::isnan(number) && text.empty());
      continue;
    }
    // Touches every byte.
    const bool is_finite = std::isfinite(number);
    double parsed = 0;
    fuzz::require(!is_finite || !parse_number(text, parsed) || parsed == number);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr std::uint64_t kMostBytes = 200000;
  try {
    const BinaryCif cif(fuzz::text_of(bytes, size), kMostBytes);
    fuzz::require(is_binary_cif(fuzz::text_of(bytes, size)));
    for (const BinaryBlock& block : cif.blocks()) {
      for (const BinaryCategory& category : block.categories()) {
        fuzz::require(block.find(category.name()) != nullptr);
        for (const std::string_view name : category.column_names()) {
          fuzz::require(category.has(name));
          try {
            const BinaryColumn column = category.column(name);
            fuzz::require(column.rows() == category.rows());
            read_column(column);
          } catch (const BinaryCifError&) {
          }
        }
      }
    }
  } catch (const BinaryCifError&) {
  }
  return 0;
}
