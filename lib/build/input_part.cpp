#include "build/input_part.h"

#include <set>

#include "base/text.h"
#include "database/gym_reader.h"
#include "database/stored_inputs.h"
#include "inputs/read_file.h"
#include "structure/entry_id.h"

namespace mmgym {

bool is_in_part(const std::string& file_name, const Share& part) {
  return part.contains(checksum(id_of_file(file_name)));
}

std::size_t keep_incomplete(const std::filesystem::path& database,
                            std::vector<InputSource>& files) {
  std::set<std::string> names;
  Connection connection = open_gym(database, Connection::Mode::read_only);
  for_each_input(connection, [&names](std::int64_t, const InputFile& file) {
    if (file.incomplete) names.insert(file.name);
  });
  std::set<std::string> found;
  std::erase_if(files, [&](const InputSource& file) {
    const std::string name = printable(file.file_name());
    if (names.contains(name)) found.insert(name);
    return !names.contains(name);
  });
  return names.size() - found.size();
}

}  // namespace mmgym
