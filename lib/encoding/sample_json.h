#pragma once

#include <string>

#include "sampling/sample_maker.h"

namespace mmgym {

/// The content of KEY.json (see encode_sample.h), as one line. The text is the same on every
/// machine: numbers have the fewest digits that restore the same double.
std::string sample_json(const Sample& sample, const SampleParameters& parameters);

}  // namespace mmgym
