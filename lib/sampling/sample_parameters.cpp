#include "sampling/sample_parameters.h"

#include <stdexcept>

#include "base/errors.h"

namespace mmgym {

SampleParameters preset(const std::string& name) {
  SampleParameters parameters;
  if (name == "16A") {
    parameters.length_voxels = 21;
    parameters.resolution_A = 0.75;
  } else if (name == "24A") {
    parameters.length_voxels = 24;
    parameters.resolution_A = 1;
  } else {
    throw UsageError("there is no preset '" + name + "'; there are 16A and 24A");
  }
  parameters.view_distance_A = parameters.edge_A() + kDefaultPadding_A;
  return parameters;
}

}  // namespace mmgym
