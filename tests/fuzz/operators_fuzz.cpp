// Expressions of operators, such as "(X0)(1-10,21-25)".

#include "base/errors.h"
#include "fuzz_input.h"
#include "structure/assembly_recipe.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    std::uint64_t used = 0;
    const auto copies =
        mmgym::parse_operator_expression(mmgym::fuzz::text_of(bytes, size), {}, used);
    for (const auto& copy : copies) mmgym::fuzz::require(!copy.empty());
  } catch (const mmgym::InputError&) {
  }
  return 0;
}
