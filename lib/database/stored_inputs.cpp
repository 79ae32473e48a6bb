#include "database/stored_inputs.h"

#include <sql.h>

#include <utility>

namespace mmgym {

void for_each_input(Connection& connection,
                    const std::function<void(std::int64_t, InputFile&&)>& on_input) {
  Statement inputs(connection, sql::select_inputs);
  for (bool row = inputs.first_row(); row; row = inputs.next_row()) {
    InputFile file;
    file.name = inputs.text(1);
    file.size = static_cast<std::uint64_t>(inputs.integer(2, 0, INT64_MAX));
    file.checksum = static_cast<std::uint32_t>(inputs.integer(3, 0, UINT32_MAX));
    file.report_checksum = static_cast<std::uint32_t>(inputs.integer(4, 0, UINT32_MAX));
    file.path = inputs.text(5);
    file.census = inputs.text(6);
    file.incomplete = inputs.integer(7, 0, 1) != 0;
    on_input(inputs.integer(0), std::move(file));
  }
}

void for_each_census(
    Connection& connection,
    const std::function<void(const std::string&, std::string_view)>& on_structure) {
  Statement rows(connection,
                 "SELECT pdb_id, census FROM structure JOIN input ON input.id = input_id "
                 "ORDER BY structure.id");
  for (bool row = rows.first_row(); row; row = rows.next_row())
    on_structure(std::string(rows.name(0)), rows.text(1));
}

}  // namespace mmgym
