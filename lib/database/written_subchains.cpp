#include "database/written_subchains.h"

#include <sql.h>

namespace mmgym {

std::vector<WrittenSubchains> written_subchains(Connection& connection) {
  std::vector<WrittenSubchains> written;
  Statement subchains(connection, sql::select_written_subchains);
  for (bool row = subchains.first_row(); row; row = subchains.next_row())
    written.push_back({std::string(subchains.text(0)), std::string(subchains.text(1)), ""});
  Statement pairs(connection, sql::select_written_pairs);
  for (bool row = pairs.first_row(); row; row = pairs.next_row())
    written.push_back(
        {std::string(pairs.text(0)), std::string(pairs.text(1)), std::string(pairs.text(2))});
  return written;
}

}  // namespace mmgym
