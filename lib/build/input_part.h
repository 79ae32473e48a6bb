#pragma once

#include <string>

#include "base/share.h"

namespace mmgym {

/// Whether an input file is in a part of the inputs: its name has such a hash. Every program that
/// divides the same files by the same number finds the same parts. Depends on the name up to the
/// first dot, in lower case, so not on folders, archives or compression.
bool is_in_part(const std::string& file_name, const Share& part);

}  // namespace mmgym
