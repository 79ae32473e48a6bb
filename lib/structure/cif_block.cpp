#include "structure/cif_block.h"

#include <algorithm>
#include <cmath>
#include <new>

#include "base/text.h"
#include "structure/data_blocks.h"
#include "structure/entry_id.h"

namespace mmgym {

namespace cif = gemmi::cif;

std::string one_line(const std::exception& error) {
  std::string reason = error.what();
  std::replace(reason.begin(), reason.end(), '\n', ' ');
  return reason;
}

cif::Document parse_cif(const std::string& text, const std::string& file_name,
                        const InputLimits& limits) {
  if (text.empty()) throw NotCif("the file is empty");
  check_limit(count_data_blocks(text), limits, &InputLimits::max_data_blocks, "data blocks");
  try {
    return cif::read_memory(text.data(), text.size(), file_name.c_str());
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    throw NotCif("not CIF: " + one_line(error));
  }
}

EntryId entry_id_of(const cif::Block& block, const std::string& file_name) {
  EntryId entry;
  const std::string* value = block.find_value("_entry.id");
  for (const std::string& id :
       {value != nullptr && !cif::is_null(*value) ? cif::as_string(*value) : "", block.name})
    if (!entry.is_in_content && !is_generic_id(lower_case(id))) entry = {lower_case(id), true};
  if (!entry.is_in_content) entry.id = id_of_file(file_name);
  if (entry.id.size() > kMostValueBytes)
    throw StructureError("the PDB id has " + std::to_string(entry.id.size()) + " bytes; at most " +
                         std::to_string(kMostValueBytes) + " can be stored");
  return entry;
}

std::string without_white_space(std::string_view text) {
  std::string result;
  for (const auto word : words_of(text)) result += word;
  return result;
}

std::optional<double> number_of(const std::string& value) {
  const double number = decimal_number(cif::as_string(value));
  constexpr double kMost = 1e8;
  return std::abs(number) <= kMost ? std::optional(number) : std::nullopt;
}

std::optional<double> least_in(cif::Block& block, const std::string& item,
                               const FigureRange& range) {
  std::optional<double> least;
  for (const auto& value : block.find_values(item))
    if (const auto number = number_of(value); number && range.contains(*number))
      least = std::min(*number, least.value_or(*number));
  return least;
}

}  // namespace mmgym
