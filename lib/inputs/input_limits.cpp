#include "inputs/input_limits.h"

#include <algorithm>
#include <stdexcept>

#include "base/errors.h"
#include "inputs/input_limit_settings.h"

namespace mmgym {

std::span<const InputLimitSetting> input_limit_settings() {
  using L = InputLimits;
  constexpr NumberRange kFromOne = {1};
  static const std::vector<InputLimitSetting> kSettings = {
      {"max_text_MB", &L::max_text_MB, "Maximum size of a file's text, after decompression",
       kFromOne},
      {"max_data_blocks", &L::max_data_blocks, "Maximum number of data blocks of a file", kFromOne,
       "N"},
      {"max_entities", &L::max_entities, "Maximum number of entities of a file", kFromOne, "N"},
      {"max_models", &L::max_models, "Maximum number of models of a file", kFromOne, "N"},
      {"max_subchains", &L::max_subchains, "Maximum number of subchains of a model", kFromOne, "N"},
      {"max_assemblies", &L::max_assemblies, "Maximum number of assemblies of a file", kFromOne,
       "N"},
      {"max_operators", &L::max_operators,
       "Maximum number of operators in all assemblies of a file; every copy counts those of its "
       "product",
       kFromOne, "N"},
      {"max_assembly_atoms", &L::max_assembly_atoms,
       "Maximum number of atoms of an assembly, with all copies; larger assemblies are rejected",
       kFromOne, "N"}};
  return kSettings;
}

void check(const InputLimits& limits) {
  for (const InputLimitSetting& setting : input_limit_settings()) check_range(setting, limits);
}

void check_limit(std::uint64_t count, const InputLimits& limits, int InputLimits::*limit,
                 const std::string& things, const std::string& subject) {
  if (count <= static_cast<std::uint64_t>(limits.*limit)) return;
  const auto settings = input_limit_settings();
  const auto setting =
      std::find_if(settings.begin(), settings.end(), [limit](const InputLimitSetting& known) {
        return std::get<int InputLimits::*>(known.member) == limit;
      });
  if (setting == settings.end()) throw std::logic_error("a limit without a setting");
  throw InputError(subject + " has more than " + std::to_string(limits.*limit) + " " + things +
                   "; " + flag_of(setting->name()) + " allows more");
}

std::uint64_t most_text_bytes(const InputLimits& limits) {
  return static_cast<std::uint64_t>(limits.max_text_MB) * 1000000;
}

void check_text_size(std::uint64_t bytes, const InputLimits& limits) {
  constexpr std::uint64_t kMegabyte = 1000000;
  check_limit(bytes / kMegabyte + (bytes % kMegabyte == 0 ? 0 : 1), limits,
              &InputLimits::max_text_MB, "MB of text");
}

}  // namespace mmgym
