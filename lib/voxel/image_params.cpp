#include "voxel/image_params.h"

#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "base/errors.h"

namespace mmgym {
namespace {

template <typename T, std::size_t N>
using Names = std::array<std::pair<std::string_view, T>, N>;

constexpr Names<Fill, 5> kFills = {{{"fraction-atom", Fill::fraction_atom},
                                    {"fraction-voxel", Fill::fraction_voxel},
                                    {"overlap-A3", Fill::overlap_A3},
                                    {"nearest", Fill::nearest},
                                    {"gaussian", Fill::gaussian}}};
constexpr Names<Aggregate, 2> kAggregates = {{{"sum", Aggregate::sum}, {"max", Aggregate::max}}};

template <typename T, std::size_t N>
T parse(std::string_view what, std::string_view name, const Names<T, N>& names) {
  std::string choices;
  for (const auto& [known, value] : names) {
    if (known == name) return value;
    choices += (choices.empty() ? "" : ", ") + std::string(known);
  }
  throw UsageError("unknown " + std::string(what) + " '" + std::string(name) + "': choose one of " +
                   choices);
}

template <typename T, std::size_t N>
std::string_view name_of(T wanted, const Names<T, N>& names) {
  for (const auto& [name, value] : names)
    if (value == wanted) return name;
  throw std::logic_error("a value that no enumerator has");
}

}  // namespace

void check(const ImageParams& params) {
  const Grid& grid = params.grid;
  if (grid.length_voxels < 1 || grid.length_voxels > Grid::kMaxLength)
    throw UsageError("an image has from 1 to " + std::to_string(Grid::kMaxLength) +
                     " voxels along its edge, not " + std::to_string(grid.length_voxels));
  if (!(grid.resolution_A >= 1e-6 && grid.resolution_A <= 1e6))
    throw UsageError("an image's resolution is from 1e-6 to 1e6 Å, not " +
                     std::to_string(grid.resolution_A));
  if (!grid.center_A.allFinite()) throw UsageError("an image's center has finite coordinates");
  if (params.channels < 1 || params.channels > ImageParams::kMaxChannels)
    throw UsageError("an image has from 1 to " + std::to_string(ImageParams::kMaxChannels) +
                     " channels, not " + std::to_string(params.channels));
}

Fill parse_fill(std::string_view name) { return parse("fill", name, kFills); }
std::string_view fill_name(Fill fill) { return name_of(fill, kFills); }

Aggregate parse_aggregate(std::string_view name) { return parse("aggregate", name, kAggregates); }
std::string_view aggregate_name(Aggregate aggregate) { return name_of(aggregate, kAggregates); }

}  // namespace mmgym
