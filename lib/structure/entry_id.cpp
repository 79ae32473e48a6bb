#include "structure/entry_id.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace mmgym {

bool is_generic_id(std::string_view id) {
  constexpr std::array<std::string_view, 28> kGeneric = {
      "",        "1xxx",      "assembly", "complex",   "data",       "default",  "entry",
      "example", "id",        "input",    "mmcif",     "model",      "none",     "noname",
      "null",    "output",    "pdb",      "predicted", "prediction", "protein",  "ranked",
      "sample",  "structure", "system",   "test",      "unknown",    "untitled", "xxxx"};
  // "model_1" and "data_" say no more than "model" and "data".
  std::string word(id.substr(0, id.find_last_not_of("0123456789_- #") + 1));
  if (word.ends_with("_id")) word.resize(word.size() - 3);
  return std::find(kGeneric.begin(), kGeneric.end(), word) != kGeneric.end();
}

std::string id_of_file(std::string_view path) {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  return lower_case(name.substr(0, name.find('.')));
}

}  // namespace mmgym
