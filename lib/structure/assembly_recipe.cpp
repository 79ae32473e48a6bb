#include "structure/assembly_recipe.h"

#include <charconv>

#include "structure/structure.h"

namespace mmgym {
namespace {

using Ids = std::vector<std::string>;

[[noreturn]] void malformed(std::string_view expression, const std::string& why) {
  throw StructureError("operator expression '" + std::string(expression) + "': " + why);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// "1,2,5-9" as ids. Only numbers can be the ends of a range.
Ids parse_list(std::string_view list, std::string_view expression) {
  constexpr int kMostOperators = 1000000;  // a range beyond this is a typing error
  Ids ids;
  while (true) {
    const auto comma = list.find(',');
    const std::string_view term = trimmed(list.substr(0, comma));
    if (term.empty()) malformed(expression, "an operator id is missing");
    const auto dash = term.find('-');
    if (dash == std::string_view::npos) {
      ids.emplace_back(term);
    } else {
      int first = 0;
      int last = 0;
      const char* end = term.data() + term.size();
      const auto [p1, e1] = std::from_chars(term.data(), term.data() + dash, first);
      const auto [p2, e2] = std::from_chars(term.data() + dash + 1, end, last);
      if (e1 != std::errc{} || e2 != std::errc{} || p1 != term.data() + dash || p2 != end ||
          last < first || last - first > kMostOperators)
        malformed(expression, "'" + std::string(term) + "' is not a range of numbers");
      for (int i = first; i <= last; ++i) ids.push_back(std::to_string(i));
    }
    if (comma == std::string_view::npos) return ids;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

std::vector<std::vector<std::string>> parse_operator_expression(std::string_view expression) {
  std::vector<Ids> products = {{}};
  const auto multiply = [&products](const Ids& ids) {
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
      malformed(expression, "a product needs every factor in parentheses");
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
