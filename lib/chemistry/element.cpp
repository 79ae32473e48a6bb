#include "chemistry/element.h"

#include <array>

namespace mmgym {
namespace {

constexpr std::array<std::string_view, kLastElement + 1> kSymbols = {
    "X",  "H",  "HE", "LI", "BE", "B",  "C",  "N",  "O",  "F",  "NE", "NA", "MG", "AL", "SI",
    "P",  "S",  "CL", "AR", "K",  "CA", "SC", "TI", "V",  "CR", "MN", "FE", "CO", "NI", "CU",
    "ZN", "GA", "GE", "AS", "SE", "BR", "KR", "RB", "SR", "Y",  "ZR", "NB", "MO", "TC", "RU",
    "RH", "PD", "AG", "CD", "IN", "SN", "SB", "TE", "I",  "XE", "CS", "BA", "LA", "CE", "PR",
    "ND", "PM", "SM", "EU", "GD", "TB", "DY", "HO", "ER", "TM", "YB", "LU", "HF", "TA", "W",
    "RE", "OS", "IR", "PT", "AU", "HG", "TL", "PB", "BI", "PO", "AT", "RN", "FR", "RA", "AC",
    "TH", "PA", "U",  "NP", "PU", "AM", "CM", "BK", "CF", "ES", "FM", "MD", "NO", "LR", "RF",
    "DB", "SG", "BH", "HS", "MT", "DS", "RG", "CN", "NH", "FL", "MC", "LV", "TS", "OG"};

/// Returns 0 beyond the end, 1 to 26 for A to Z in either case, -1 for any other character.
constexpr int letter_index(std::string_view symbol, std::size_t position) {
  if (position >= symbol.size()) return 0;
  const char c = symbol[position];
  if (c >= 'A' && c <= 'Z') return c - 'A' + 1;
  if (c >= 'a' && c <= 'z') return c - 'a' + 1;
  return -1;
}

constexpr std::uint8_t kNoElement = 255;

/// Elements by the two letters of their symbols. A table, because every atom is looked up.
constexpr auto kByLetters = [] {
  std::array<std::array<std::uint8_t, 27>, 27> table{};
  for (auto& row : table) row.fill(kNoElement);
  for (std::size_t element = 0; element < kSymbols.size(); ++element)
    table[letter_index(kSymbols[element], 0)][letter_index(kSymbols[element], 1)] =
        static_cast<std::uint8_t>(element);
  table[letter_index("D", 0)][0] = 1;
  return table;
}();

}  // namespace

std::string_view element_symbol(Element element) { return kSymbols.at(element); }

std::optional<Element> find_element(std::string_view symbol) {
  const int first = letter_index(symbol, 0);
  const int second = letter_index(symbol, 1);
  if (symbol.size() > 2 || first <= 0 || second < 0) return std::nullopt;
  const std::uint8_t element = kByLetters[first][second];
  if (element == kNoElement) return std::nullopt;
  return element;
}

}  // namespace mmgym
