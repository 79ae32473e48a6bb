#pragma once

#include <string>

namespace mmgym {

/// Prints text to standard error as it is. Failures are ignored: there is no place left to report
/// them, and the work is more important than a message.
void print_raw_message(const std::string& text);

/// Prints one line to standard error, with printable() characters only.
void print_message(const std::string& line);

}  // namespace mmgym
