#include "plan/restore_choice.h"

#include <string>
#include <unordered_map>

namespace mmgym {

void restore_choice(const PlannedInput& input, const WrittenSubchains& row, GreedyChoice& choice) {
  for (const auto& assembly : input.assemblies) {
    const auto first = assembly.content.find(row.pdb_id_1);
    const auto second = assembly.content.find(row.pdb_id_2);
    ChoiceCandidate candidate;
    if (first && row.pdb_id_2.empty())
      candidate.subchains = {{*first, 0}};
    else if (first && second)
      candidate.pairs = {{{*first, 0}, {*second, 0}}};
    choice.restore(assembly.content, candidate);
  }
}

void restore_choice(const std::vector<PlannedInput>& inputs,
                    const std::vector<WrittenSubchains>& written, GreedyChoice& choice) {
  std::unordered_map<std::string, const PlannedInput*> by_id;
  for (const auto& input : inputs) by_id[input.pdb_id] = &input;
  for (const auto& row : written)
    if (const auto input = by_id.find(row.structure_pdb_id); input != by_id.end())
      restore_choice(*input->second, row, choice);
}

}  // namespace mmgym
