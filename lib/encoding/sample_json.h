#pragma once

#include <string>

#include "sampling/sample_maker.h"

namespace mmgym {

/// The content of KEY.json, which encode_sample.h describes, as one line. The same text on every
/// machine: numbers have as many digits as it takes to read the same double again.
std::string sample_json(const Sample& sample, const SampleParameters& parameters);

}  // namespace mmgym
