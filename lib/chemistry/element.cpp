#include "chemistry/element.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

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

char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

}  // namespace

std::string_view element_symbol(Element element) { return kSymbols.at(element); }

std::optional<Element> find_element(std::string_view symbol) {
  const auto same = [symbol](std::string_view known) {
    return std::equal(known.begin(), known.end(), symbol.begin(), symbol.end(),
                      [](char a, char b) { return a == upper(b); });
  };
  if (symbol.size() == 1 && upper(symbol[0]) == 'D') return Element{1};
  const auto found = std::find_if(kSymbols.begin(), kSymbols.end(), same);
  if (found == kSymbols.end()) return std::nullopt;
  return static_cast<Element>(found - kSymbols.begin());
}

}  // namespace mmgym
