#include <nanobind/nanobind.h>

#include "base/fork_gate.h"
#include "base/version.h"
#include "batch_iterator.h"
#include "errors.h"
#include "sample_source.h"

NB_MODULE(_core, module) {
  module.doc() = "The compiled part of mmgym.";
  module.attr("__version__") = mmgym::kVersion;
  mmgym::ForkGate::install();
  // PyTorch's workers keep their dataset to the end of the process.
  nanobind::set_leak_warnings(false);
  mmgym::python::add_errors(module);
  mmgym::python::add_batch_iterator(module);
  mmgym::python::add_sample_source(module);
}
