#include "voxel/radii.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/errors.h"
#include "settings/number_range.h"

namespace mmgym {
namespace {

constexpr const char* kVanDerWaals = "vdw";
constexpr float kOther = 2.00F;

constexpr std::array<float, kLastElement + 1> make_table() {
  struct Entry {
    Element atomic_number;
    float radius_A;
  };
  constexpr Entry kBondi[] = {
      {1, 1.20F},  {2, 1.40F},  {3, 1.82F},  {6, 1.70F},  {7, 1.55F},  {8, 1.52F},  {9, 1.47F},
      {10, 1.54F}, {11, 2.27F}, {12, 1.73F}, {14, 2.10F}, {15, 1.80F}, {16, 1.80F}, {17, 1.75F},
      {18, 1.88F}, {19, 2.75F}, {28, 1.63F}, {29, 1.40F}, {30, 1.39F}, {31, 1.87F}, {33, 1.85F},
      {34, 1.90F}, {35, 1.85F}, {36, 2.02F}, {46, 1.63F}, {47, 1.72F}, {48, 1.58F}, {49, 1.93F},
      {50, 2.17F}, {52, 2.06F}, {53, 1.98F}, {54, 2.16F}, {78, 1.75F}, {79, 1.66F}, {80, 1.55F},
      {81, 1.96F}, {82, 2.02F}, {92, 1.86F}};
  constexpr Entry kMantina[] = {{4, 1.53F},  {5, 1.92F},  {13, 1.84F}, {20, 2.31F},
                                {32, 2.11F}, {37, 3.03F}, {38, 2.49F}, {51, 2.06F},
                                {55, 3.43F}, {56, 2.68F}, {83, 2.07F}, {84, 1.97F},
                                {85, 2.02F}, {86, 2.20F}, {87, 3.48F}, {88, 2.83F}};
  std::array<float, kLastElement + 1> table{};
  table.fill(kOther);
  for (const auto& entry : kBondi) table[entry.atomic_number] = entry.radius_A;
  for (const auto& entry : kMantina) table[entry.atomic_number] = entry.radius_A;
  return table;
}

constexpr auto kRadii = make_table();

}  // namespace

double AtomRadius::largest_A(double resolution_A) const {
  if (van_der_waals) return *std::max_element(kRadii.begin(), kRadii.end());
  return uniform_A.value_or(resolution_A / 2);
}

float van_der_waals_radius_A(Element element) {
  return element <= kLastElement ? kRadii[element] : kOther;
}

AtomRadius AtomRadius::parse(std::string_view text) {
  if (text == kVanDerWaals) return {.van_der_waals = true, .uniform_A = {}};
  try {
    return {.van_der_waals = false, .uniform_A = read_number(text, kPositive)};
  } catch (const UsageError&) {
    throw UsageError("'" + std::string(text) + "' is neither a positive number nor '" +
                     kVanDerWaals + "'");
  }
}

std::string AtomRadius::text() const {
  if (van_der_waals) return kVanDerWaals;
  return uniform_A ? number_text(*uniform_A) : "";
}

}  // namespace mmgym
