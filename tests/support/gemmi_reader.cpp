#include "read_cif.h"

#include <gemmi/cif.hpp>

namespace mmgym::testing {

std::vector<std::vector<std::string>> read_cif(const std::string& path, const std::string& category,
                                               const std::vector<std::string>& items) {
  gemmi::cif::Document document = gemmi::cif::read_file(path);
  std::vector<std::vector<std::string>> rows;
  for (auto row : document.sole_block().find(category, items)) {
    auto& texts = rows.emplace_back();
    for (std::size_t i = 0; i < items.size(); ++i) texts.push_back(row.str(static_cast<int>(i)));
  }
  return rows;
}

}  // namespace mmgym::testing
