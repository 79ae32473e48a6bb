#include "structure/assembly_recipe.h"

#include "base/text.h"
#include "structure/structure.h"

namespace mmgym {
namespace {

using Ids = std::vector<std::string>;

[[noreturn]] void malformed(std::string_view expression, const std::string& why) {
  throw StructureError("operator expression '" + std::string(expression) + "': " + why);
}

/// Maximum copies of an assembly; more are a typing error. The largest of the PDB have some
/// thousand.
constexpr std::size_t kMostCopies = 1000000;

/// Returns the ids in a list like "1,2,5-9". The ends of a range must be numbers.
Ids parse_list(std::string_view list, std::string_view expression) {
  Ids ids;
  for (const auto term : split_at(list, ',')) {
    if (term.empty()) malformed(expression, "an operator id is missing");
    const auto dash = term.find('-');
    if (dash == std::string_view::npos) {
      ids.emplace_back(term);
      continue;
    }
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    if (!parse_number(term.substr(0, dash), first) || !parse_number(term.substr(dash + 1), last) ||
        last < first || last - first >= kMostCopies)
      malformed(expression, "'" + std::string(term) + "' is not a range of numbers");
    for (std::uint64_t i = first; i <= last; ++i) ids.push_back(std::to_string(i));
    if (ids.size() > kMostCopies) malformed(expression, "too many copies");
  }
  return ids;
}

}  // namespace

std::vector<std::vector<std::string>> parse_operator_expression(std::string_view expression) {
  std::vector<Ids> products = {{}};
  const auto multiply = [&](const Ids& ids) {
    if (ids.size() * products.size() > kMostCopies) malformed(expression, "too many copies");
    std::vector<Ids> longer;
    for (const auto& product : products)
      for (const auto& id : ids) {
        longer.push_back(product);
        longer.back().push_back(id);
      }
    products = std::move(longer);
  };

  std::string_view rest = trimmed(expression);
  if (!rest.starts_with('(')) {
    if (rest.find_first_of("()") != std::string_view::npos)
      malformed(expression, "each factor of a product must be in parentheses");
    multiply(parse_list(rest, expression));
    return products;
  }
  while (!rest.empty()) {
    const auto close = rest.find(')');
    if (!rest.starts_with('(') || close == std::string_view::npos)
      malformed(expression, "a parenthesis is not closed");
    multiply(parse_list(rest.substr(1, close - 1), expression));
    rest = trimmed(rest.substr(close + 1));
  }
  return products;
}

}  // namespace mmgym
