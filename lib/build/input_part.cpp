#include "build/input_part.h"

#include "base/errors.h"
#include "base/text.h"
#include "inputs/read_file.h"
#include "structure/entry_id.h"

namespace mmgym {

bool InputPart::contains(const std::string& file_name) const {
  return checksum(id_of_file(file_name)) % static_cast<unsigned>(count) ==
         static_cast<unsigned>(number);
}

std::string InputPart::text() const { return std::to_string(number) + "/" + std::to_string(count); }

InputPart parse_input_part(const std::string& text) {
  InputPart part;
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos || !parse_number(text.substr(0, slash), part.number) ||
      !parse_number(text.substr(slash + 1), part.count) || part.number < 0 ||
      part.number >= part.count)
    throw UsageError("--part: '" + text + "' is not k/n with k from 0 to n - 1, such as 0/8");
  return part;
}

}  // namespace mmgym
