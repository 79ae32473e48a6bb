#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "database/gym_writer.h"
#include "database/sqlite.h"

namespace mmgym {

/// Calls on_input(id, file) for every input of a database, in the order of ids. Throws
/// DatabaseError for values of the wrong type or out of range.
void for_each_input(Connection& connection,
                    const std::function<void(std::int64_t, InputFile&&)>& on_input);

/// Calls on_structure(pdb_id, census) for every structure, with the census of its input, in the
/// order of ids.
void for_each_census(Connection& connection,
                     const std::function<void(const std::string&, std::string_view)>& on_structure);

}  // namespace mmgym
