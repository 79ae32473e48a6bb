#include "gemmi_parse.h"

#include <gemmi/cif.hpp>

namespace mmgym {

std::size_t parse_with_gemmi(const std::string& text) {
  return gemmi::cif::read_memory(text.data(), text.size(), "text").blocks.size();
}

}  // namespace mmgym
