#include "base/errors.h"

#include <cerrno>

namespace mmgym {

std::string reason_in_content() {
  try {
    throw;
  } catch (const InputError& error) {
    return error.what();
  } catch (const std::logic_error& error) {
    return std::string("internal error, please report it: ") + error.what();
  }
}

bool is_machine_failure(int error_number) {
  switch (error_number) {
    case EDQUOT:
    case EIO:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOSPC:
    case ESTALE:
      return true;
    default:
      return false;
  }
}

void throw_read_error(int error_number, const std::filesystem::path& path,
                      const std::string& action) {
  const std::error_code code(error_number, std::generic_category());
  if (is_machine_failure(error_number)) throw MachineError(code, path.string() + ": " + action);
  throw InputError(action + ": " + code.message());
}

void throw_write_error(int error_number, const std::string& action) {
  const std::error_code code(error_number, std::generic_category());
  if (error_number == EPIPE) throw ReaderGone(code, action);
  throw WriteError(code, action);
}

}  // namespace mmgym
