#include "sampling/sample_parameters.h"

#include "base/errors.h"

namespace mmgym {

SampleParameters preset(std::string_view name) {
  std::string names;
  for (const Preset& known : kPresets) {
    if (known.name == name) {
      SampleParameters parameters;
      parameters.length_voxels = known.length_voxels;
      parameters.resolution_A = known.resolution_A;
      parameters.view_distance_A = parameters.edge_A() + kDefaultPadding_A;
      return parameters;
    }
    names.append(names.empty() ? "" : ", ").append(known.name);
  }
  throw UsageError("--preset: '" + std::string(name) + "' is not one of " + names);
}

}  // namespace mmgym
