#include "errors.h"

#include "base/errors.h"
#include "database/sqlite.h"

namespace nb = nanobind;

namespace mmgym::python {
namespace {

PyObject* data_error = nullptr;
PyObject* database_error = nullptr;

PyObject* add_exception(nb::module_& module, const char* name, PyObject* base, const char* doc) {
  PyObject* type =
      PyErr_NewExceptionWithDoc((std::string("mmgym.") + name).c_str(), doc, base, nullptr);
  if (type == nullptr) throw nb::python_error();
  module.attr(name) = nb::handle(type);
  return type;
}

void set_os_error(const MachineError& error) {
  const nb::object arguments = nb::make_tuple(error.code().value(), error.what());
  PyErr_SetObject(PyExc_OSError, arguments.ptr());
}

void translate(const std::exception_ptr& thrown, void*) {
  try {
    std::rethrow_exception(thrown);
  } catch (const UsageError& error) {
    PyErr_SetString(PyExc_ValueError, error.what());
  } catch (const DatabaseError& error) {
    PyErr_SetString(database_error, error.what());
  } catch (const DataError& error) {
    PyErr_SetString(data_error, error.what());
  } catch (const MachineError& error) {
    set_os_error(error);
  } catch (const std::system_error& error) {
    PyErr_SetString(PyExc_OSError, error.what());
  }
}

}  // namespace

void add_errors(nb::module_& module) {
  data_error =
      add_exception(module, "DataError", PyExc_Exception,
                    "A file that cannot be used: missing, damaged, or of another version.");
  database_error =
      add_exception(module, "DatabaseError", data_error, "A database that cannot be used.");
  nb::register_exception_translator(translate);
}

}  // namespace mmgym::python
