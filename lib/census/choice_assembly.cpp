#include "census/choice_assembly.h"

#include <stdexcept>

namespace mmgym {

void ChoiceAssembly::add(std::string_view id, const Subchain& subchain) {
  if (!subchains.empty() && !(this->id(subchains.size() - 1) < id))
    throw std::logic_error("subchains of an assembly are not sorted by id");
  ids_ += id;
  subchains.push_back(subchain);
  subchains.back().id_end = static_cast<std::uint32_t>(ids_.size());
}

std::string_view ChoiceAssembly::id(std::size_t place) const {
  const std::size_t begin = place == 0 ? 0 : subchains[place - 1].id_end;
  return std::string_view(ids_).substr(begin, subchains[place].id_end - begin);
}

std::optional<std::uint32_t> ChoiceAssembly::find(std::string_view id) const {
  std::uint32_t first = 0;
  auto last = static_cast<std::uint32_t>(subchains.size());
  while (first < last) {
    const std::uint32_t middle = first + (last - first) / 2;
    if (this->id(middle) < id)
      first = middle + 1;
    else
      last = middle;
  }
  if (first == subchains.size() || this->id(first) != id) return std::nullopt;
  return first;
}

}  // namespace mmgym
