#pragma once

#include <string>

#include "database/gym_counts.h"

namespace mmgym {

/// Prints text to standard error as it is. Failures are ignored: there is no place left to report
/// them, and the work is more important than a message.
void print_raw_message(const std::string& text);

/// Prints what a database has to standard output, as the result of the command that wrote it.
void print_counts(const std::string& database, const GymCounts& counts);

/// Prints one line to standard error, with printable() characters only.
void print_message(const std::string& line);

}  // namespace mmgym
