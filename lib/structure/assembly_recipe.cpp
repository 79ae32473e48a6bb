#include "structure/assembly_recipe.h"

#include <algorithm>

#include "base/text.h"
#include "structure/structure.h"

namespace mmgym {
namespace {

/// More ids than any limit are counted as so many.
constexpr std::uint64_t kMostCounted = std::uint64_t{1} << 32;

/// A list like "1,2,5-9" that is not expanded.
struct OperatorList {
  struct Term {
    std::string_view id;      // if it is not a range
    std::uint32_t first = 0;  // of a range
    std::uint64_t count = 1;
  };
  std::vector<Term> terms;
  std::uint64_t count = 0;

  std::vector<std::string> ids() const {
    std::vector<std::string> ids;
    for (const Term& term : terms)
      if (!term.id.empty())
        ids.emplace_back(term.id);
      else
        for (std::uint64_t i = 0; i < term.count; ++i)
          ids.push_back(std::to_string(term.first + i));
    return ids;
  }
};

[[noreturn]] void malformed(std::string_view expression, const std::string& why) {
  throw StructureError("operator expression '" + shortened(expression) + "': " + why);
}

/// The ends of a range must be numbers.
OperatorList parse_list(std::string_view list, std::string_view expression) {
  OperatorList result;
  for (const auto term : split_at(list, ',')) {
    if (term.empty()) malformed(expression, "an operator id is missing");
    const auto dash = term.find('-');
    if (dash == std::string_view::npos) {
      result.terms.push_back({term});
    } else {
      std::uint32_t first = 0;
      std::uint32_t last = 0;
      if (!parse_number(term.substr(0, dash), first) ||
          !parse_number(term.substr(dash + 1), last) || last < first)
        malformed(expression, "'" + shortened(term) + "' is not a range of numbers");
      result.terms.push_back({{}, first, std::uint64_t{last} - first + 1});
    }
    result.count = std::min(kMostCounted, result.count + result.terms.back().count);
  }
  return result;
}

/// Returns the lists whose product is the expression.
std::vector<OperatorList> parse_lists(std::string_view expression) {
  std::string_view rest = trimmed(expression);
  if (!rest.starts_with('(')) {
    if (rest.find_first_of("()") != std::string_view::npos)
      malformed(expression, "each factor of a product must be in parentheses");
    return {parse_list(rest, expression)};
  }
  std::vector<OperatorList> lists;
  while (!rest.empty()) {
    const auto close = rest.find(')');
    if (!rest.starts_with('(') || close == std::string_view::npos)
      malformed(expression, "a parenthesis is not closed");
    lists.push_back(parse_list(rest.substr(1, close - 1), expression));
    rest = trimmed(rest.substr(close + 1));
  }
  return lists;
}

}  // namespace

std::vector<std::vector<std::string>> parse_operator_expression(std::string_view expression,
                                                                const InputLimits& limits,
                                                                std::uint64_t& used) {
  const std::vector<OperatorList> lists = parse_lists(expression);
  const std::uint64_t allowed = static_cast<std::uint64_t>(limits.max_operators) - used;
  std::uint64_t count = lists.size();  // of all ids: products times factors
  for (const auto& list : lists)
    if (count <= allowed) count *= list.count;  // at most 2^31 times kMostCounted
  check_limit(used + count, limits, &InputLimits::max_operators, "operators in its assemblies");
  used += count;
  const std::uint64_t products = count / lists.size();

  std::vector<std::vector<std::string>> factors;
  for (const auto& list : lists) factors.push_back(list.ids());
  std::vector<std::vector<std::string>> result(products);
  // Counts like an odometer: the last factor changes fastest.
  for (std::uint64_t n = 0; n < products; ++n) {
    result[n].resize(factors.size());
    std::uint64_t rest = n;
    for (std::size_t i = factors.size(); i-- > 0;) {
      result[n][i] = factors[i][rest % factors[i].size()];
      rest /= factors[i].size();
    }
  }
  return result;
}

}  // namespace mmgym
