#include "build/input_part.h"

#include "inputs/read_file.h"
#include "structure/entry_id.h"

namespace mmgym {

bool is_in_part(const std::string& file_name, const Share& part) {
  return part.contains(checksum(id_of_file(file_name)));
}

}  // namespace mmgym
