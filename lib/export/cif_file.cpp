#include "export/cif_file.h"

#include <cerrno>
#include <fstream>
#include <gemmi/cifdoc.hpp>
#include <gemmi/to_cif.hpp>
#include <utility>

#include "base/errors.h"

namespace mmgym {

void CifCategory::add(const std::string& text) {
  values.push_back(text.empty() ? "." : gemmi::cif::quote(text));
}

void write_cif(const std::string& path, const std::string& block_name,
               std::vector<CifCategory> categories) {
  gemmi::cif::Document document;
  document.blocks.emplace_back(block_name);
  gemmi::cif::Block& block = document.blocks.back();
  block.set_pair("_entry.id", gemmi::cif::quote(block_name));
  for (CifCategory& category : categories)
    if (!category.values.empty())
      block.init_loop(category.name, category.items).values = std::move(category.values);

  std::ofstream file(path, std::ios::binary);
  gemmi::cif::write_cif_to_stream(file, document, gemmi::cif::Style::PreferPairs);
  file.close();
  if (!file) throw_write_error(errno == 0 ? EIO : errno, "cannot write " + path);
}

}  // namespace mmgym
