#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

// The kinds of errors. What to do about an error depends on its kind alone. Each what() is one line
// for the user: what is wrong, where, and what to do. Other exceptions are bugs of this program.

namespace mmgym {

/// The base of all kinds.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An invalid flag or parameter. The program ends with status 2.
class UsageError : public Error {
 public:
  using Error::Error;
};

/// An input that cannot be used because of its content. build-db records a structure file in the
/// table `rejected` and continues with the others. For a list or table named by a flag, the program
/// ends with status 1.
class InputError : public Error {
 public:
  using Error::Error;
};

/// A database or folder of shards that cannot be used: it is missing, damaged, locked, from another
/// version, or not written by mmgym. Status 1.
class DataError : public Error {
 public:
  using Error::Error;
};

/// The machine failed: the disk is full or broken, or there are too many open files. No file is at
/// fault. The run stops with status 1, and the same command continues it later. std::bad_alloc is
/// also of this kind.
class MachineError : public Error {
 public:
  /// what() is "ACTION: reason", such as "cannot write a.tar: No space left on device".
  MachineError(std::error_code code, const std::string& action)
      : Error(action + ": " + code.message()), code_(code) {}

  /// The errno.
  const std::error_code& code() const { return code_; }

 private:
  std::error_code code_;
};

/// A file or pipe that could not be written: "cannot write a.tar: No space left on device".
class WriteError : public MachineError {
 public:
  using MachineError::MachineError;
};

/// The reader of a pipe has closed it (EPIPE). This is a normal end of a stream: `head` and a
/// training run that stops do it.
class ReaderGone : public WriteError {
 public:
  using WriteError::WriteError;
};

/// For `catch (...)` around the work on one input of many. Returns why the input is rejected, if
/// the current exception depends on its content alone, so that every run would meet it: InputError,
/// and std::logic_error (also std::length_error), which is a bug of this program. Throws all others
/// again: the machine or the database failed, and the same input may succeed later.
std::string reason_in_content();

/// Whether an errno reports a failing machine and not a problem of the file.
bool is_machine_failure(int error_number);

/// Throws MachineError "PATH: ACTION: reason" if the errno reports a failing machine, else
/// InputError "ACTION: reason", to which the caller adds the path.
[[noreturn]] void throw_read_error(int error_number, const std::filesystem::path& path,
                                   const std::string& action);

/// Throws ReaderGone for EPIPE, else WriteError; "ACTION: reason".
[[noreturn]] void throw_write_error(int error_number, const std::string& action);

}  // namespace mmgym
