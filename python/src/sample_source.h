#pragma once

#include <nanobind/nanobind.h>

namespace mmgym::python {

/// Adds the class `SampleSource`: what the Python class `Samples` wraps.
void add_sample_source(nanobind::module_& module);

}  // namespace mmgym::python
