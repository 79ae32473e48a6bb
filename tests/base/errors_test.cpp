#include "base/errors.h"

#include <cerrno>
#include <new>

#include "catch.h"

using namespace mmgym;
using testing::contains;

namespace {

template <typename Exception>
std::string reason_for(const Exception& exception) {
  try {
    throw exception;
  } catch (...) {
    return reason_in_content();
  }
}

}  // namespace

TEST_CASE("Errors in the content of an input are reasons to reject it") {
  CHECK(reason_for(InputError("entity 1 is listed twice")) == "entity 1 is listed twice");
  CHECK(reason_for(std::length_error("vector")) == "internal error, please report it: vector");
}

TEST_CASE("Only errors that every run would meet are properties of a path") {
  for (const int error : {ENOENT, EACCES, ELOOP, EISDIR, ENAMETOOLONG, ENOTDIR})
    CHECK_THROWS_AS(throw_read_error(error, "a.cif", "cannot be opened"), InputError);
  for (const int error : {EIO, ESTALE, EMFILE, ENFILE, ENOMEM, EAGAIN, ETIMEDOUT, ENOTCONN})
    CHECK_THROWS_WITH(throw_read_error(error, "a.cif", "cannot be opened"),
                      contains("a.cif: cannot be opened: "));
  CHECK_THROWS_AS(throw_read_error(EIO, "a.cif", "cannot be opened"), MachineError);
}

TEST_CASE("Failures of the machine and of the database are no reason to reject an input") {
  const std::error_code full(ENOSPC, std::generic_category());
  CHECK_THROWS_AS(reason_for(MachineError(full, "cannot write")), MachineError);
  CHECK_THROWS_AS(reason_for(WriteError(full, "cannot write")), WriteError);
  CHECK_THROWS_AS(reason_for(std::system_error(full)), std::system_error);
  CHECK_THROWS_AS(reason_for(std::bad_alloc()), std::bad_alloc);
  CHECK_THROWS_AS(reason_for(DataError("locked")), DataError);
}
