#include "structure/binary_block.h"

#include <string>

namespace mmgym {
namespace {

namespace cif = gemmi::cif;

std::string cif_value(const BinaryColumn& column, std::size_t row) {
  switch (column.state(row)) {
    case CifValue::not_applicable:
      return ".";
    case CifValue::unknown:
      return "?";
    case CifValue::present:
      break;
  }
  BinaryColumn::TextBuffer buffer;
  return cif::quote(std::string(column.text(row, buffer)));
}

}  // namespace

cif::Block text_block(const BinaryBlock& block, const std::vector<std::string_view>& categories) {
  cif::Block result{std::string(block.header())};
  for (const std::string_view prefix : categories) {
    const BinaryCategory* category = block.find(prefix.substr(0, prefix.size() - 1));
    if (category == nullptr || category->rows() == 0) continue;
    std::vector<std::string> tags;
    std::vector<BinaryColumn> columns;
    for (const std::string_view name : category->column_names()) {
      tags.emplace_back(name);
      columns.push_back(category->column(name));
    }
    if (category->rows() == 1) {  // pairs, as in a text: gemmi looks for some values only there
      for (std::size_t i = 0; i < tags.size(); ++i)
        result.set_pair(std::string(prefix) + tags[i], cif_value(columns[i], 0));
      continue;
    }
    cif::Loop& loop = result.init_loop(std::string(prefix), std::move(tags));
    loop.values.reserve(columns.size() * category->rows());
    for (std::size_t row = 0; row < category->rows(); ++row)
      for (const BinaryColumn& column : columns) loop.values.push_back(cif_value(column, row));
  }
  return result;
}

}  // namespace mmgym
