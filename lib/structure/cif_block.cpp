#include "structure/cif_block.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <gemmi/numb.hpp>
#include <unordered_set>

namespace mmgym {

namespace cif = gemmi::cif;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

cif::Document parse_cif(const std::string& text, const std::string& file_name) {
  if (text.empty()) throw NotCif("the file is empty");
  try {
    return cif::read_memory(text.data(), text.size(), file_name.c_str());
  } catch (const std::exception& error) {
    std::string reason = error.what();
    std::replace(reason.begin(), reason.end(), '\n', ' ');
    throw NotCif("not CIF: " + reason);
  }
}

std::string pdb_id_of(const cif::Block& block, const std::string& file_name) {
  const std::string* entry = block.find_value("_entry.id");
  if (entry != nullptr && !cif::is_null(*entry)) return lower(cif::as_string(*entry));
  // gemmi names a block without a name "#".
  if (block.name.find_first_not_of(" #") != std::string::npos) return lower(block.name);
  return lower(file_name.substr(0, file_name.find('.')));
}

std::string without_white_space(std::string text) {
  const auto is_space = [](unsigned char c) { return std::isspace(c) != 0; };
  text.erase(std::remove_if(text.begin(), text.end(), is_space), text.end());
  return text;
}

std::vector<std::string> ids_in_list(const std::string& list) {
  std::vector<std::string> ids;
  std::unordered_set<std::string> seen;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    std::string id = without_white_space(list.substr(begin, end - begin));
    if (!id.empty() && seen.insert(id).second) ids.push_back(std::move(id));
    begin = end + 1;
  }
  return ids;
}

std::vector<AssemblyGenerator> read_generators(cif::Block& block) {
  std::unordered_set<std::string> operators;
  for (const auto row : block.find("_pdbx_struct_oper_list.", {"id"})) operators.insert(row.str(0));
  std::vector<AssemblyGenerator> generators;
  if (operators.empty()) return generators;
  for (const auto row : block.find("_pdbx_struct_assembly_gen.",
                                   {"assembly_id", "asym_id_list", "oper_expression"})) {
    generators.push_back(
        {row.str(0), ids_in_list(row.str(1)), parse_operator_expression(row.str(2))});
    for (const auto& product : generators.back().products)
      for (const auto& factor : product)
        if (operators.count(factor) == 0)
          throw StructureError("assembly " + row.str(0) + " uses operator '" + factor +
                               "', which _pdbx_struct_oper_list does not define");
  }
  return generators;
}

double number_in(std::string_view value) {
  double number = 0;
  const char* end = value.data() + value.size();
  const auto [rest, error] = std::from_chars(value.data(), end, number);
  // gemmi knows the less usual ways to write one.
  return error == std::errc{} && rest == end ? number : cif::as_number(std::string(value));
}

std::optional<double> number_of(const std::string& value) {
  const double number = cif::as_number(cif::as_string(value));
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<double> least_positive(cif::Block& block, const std::string& item) {
  std::optional<double> least;
  for (const auto& value : block.find_values(item))
    if (const auto number = number_of(value); number && *number > 0)
      least = std::min(*number, least.value_or(*number));
  return least;
}

}  // namespace mmgym
