#pragma once

#include <nanobind/nanobind.h>

namespace mmgym::python {

/// Adds mmgym's exceptions to the module, and translates the kinds of errors in base/errors.h:
/// UsageError to ValueError, MachineError to OSError, DatabaseError and DataError to exceptions of
/// these names.
void add_errors(nanobind::module_& module);

}  // namespace mmgym::python
