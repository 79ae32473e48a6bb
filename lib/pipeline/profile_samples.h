#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "profile/stage_timer.h"
#include "sampling/sample_parameters.h"

namespace mmgym {

struct SampleProfile {
  std::uint64_t samples = 0;
  double atoms_per_view = 0;
  StageTimes times;
};

/// Makes and encodes samples 0 ... count - 1 on one thread, with a timer around each stage; nothing
/// is written. Zones are visited in the order in which `sample` would.
SampleProfile profile_samples(const std::filesystem::path& database, const std::string& split,
                              const SampleParameters& parameters, std::uint64_t count);

}  // namespace mmgym
