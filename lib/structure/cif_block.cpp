#include "structure/cif_block.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <gemmi/numb.hpp>
#include <new>

#include "base/text.h"

namespace mmgym {

namespace cif = gemmi::cif;

std::string one_line(const std::exception& error) {
  std::string reason = error.what();
  std::replace(reason.begin(), reason.end(), '\n', ' ');
  return reason;
}

cif::Document parse_cif(const std::string& text, const std::string& file_name) {
  if (text.empty()) throw NotCif("the file is empty");
  try {
    return cif::read_memory(text.data(), text.size(), file_name.c_str());
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    throw NotCif("not CIF: " + one_line(error));
  }
}

std::string pdb_id_of(const cif::Block& block, const std::string& file_name) {
  const std::string* entry = block.find_value("_entry.id");
  if (entry != nullptr && !cif::is_null(*entry)) return lower_case(cif::as_string(*entry));
  // gemmi gives an unnamed block the name "#".
  if (block.name.find_first_not_of(" #") != std::string::npos) return lower_case(block.name);
  return lower_case(file_name.substr(0, file_name.find('.')));
}

std::string without_white_space(std::string_view text) {
  std::string result;
  for (const auto word : words_of(text)) result += word;
  return result;
}

double number_in(std::string_view value) {
  double number = 0;
  const char* end = value.data() + value.size();
  const auto [rest, error] = std::from_chars(value.data(), end, number);
  // gemmi also reads rarer notations, such as "1.5(2)".
  return error == std::errc{} && rest == end ? number : cif::as_number(std::string(value));
}

std::optional<double> number_of(const std::string& value) {
  const double number = cif::as_number(cif::as_string(value));
  constexpr double kMost = 1e8;
  return std::abs(number) <= kMost ? std::optional(number) : std::nullopt;
}

std::optional<double> least_positive(cif::Block& block, const std::string& item) {
  std::optional<double> least;
  for (const auto& value : block.find_values(item))
    if (const auto number = number_of(value); number && *number > 0)
      least = std::min(*number, least.value_or(*number));
  return least;
}

}  // namespace mmgym
