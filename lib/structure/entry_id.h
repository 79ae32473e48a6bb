#pragma once

#include <string>
#include <string_view>

namespace mmgym {

/// Whether an id says nothing about the entry: programs write "model", "structure_1" or
/// "unknown_id" into every file. `id` is in lower case.
bool is_generic_id(std::string_view id);

/// Returns the id of a file that has no other: its name up to the first dot, in lower case. `path`
/// may have folders.
std::string id_of_file(std::string_view path);

}  // namespace mmgym
