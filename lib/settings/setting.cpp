#include "settings/setting.h"

#include <algorithm>
#include <array>

namespace mmgym {
namespace {

struct Unit {
  std::string_view suffix;
  std::string_view label;
};

constexpr std::array<Unit, 4> kUnits = {
    {{"_A", "A"}, {"_nm3", "ATOMS/NM3"}, {"_deg", "DEG"}, {"_MB", "MB"}}};

const Unit* unit_of(std::string_view name) {
  for (const Unit& unit : kUnits)
    if (name.ends_with(unit.suffix)) return &unit;
  return nullptr;
}

}  // namespace

std::string flag_of(std::string_view name) {
  if (const Unit* unit = unit_of(name)) name.remove_suffix(unit->suffix.size());
  std::string flag = "--" + std::string(name);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::string_view unit_label(std::string_view name) {
  const Unit* unit = unit_of(name);
  return unit == nullptr ? "" : unit->label;
}

bool read_bool(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  throw UsageError("'" + std::string(text) + "' is neither true nor false");
}

int int_bound(double bound) {
  return static_cast<int>(
      std::clamp<double>(bound, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

}  // namespace mmgym
