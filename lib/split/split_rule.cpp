#include "split/split_rule.h"

#include <memory>
#include <nlohmann/json.hpp>

#include "base/random_stream.h"
#include "database/sqlite.h"

namespace mmgym {

using nlohmann::json;

std::string text_of(const SplitRule& rule) {
  json targets = json::array();
  for (const auto& target : rule.targets) targets.push_back({target.name, target.weight});
  const json values = {{"targets", std::move(targets)},
                       {"by_entity_clusters", rule.by_entity_clusters},
                       {"greedy", rule.greedy},
                       {"seed", rule.seed},
                       {"by_file", rule.by_file}};
  return values.dump(-1, ' ', false, json::error_handler_t::replace);
}

SplitRule read_split_rule(const std::string& text) {
  try {
    const json values = json::parse(text);
    SplitRule rule;
    for (const auto& target : values.at("targets")) {
      rule.targets.push_back({target.at(0).get<std::string>(), target.at(1).get<double>()});
      if (!(rule.targets.back().weight > 0)) throw DatabaseError("a target is not positive");
    }
    if (rule.targets.empty()) throw DatabaseError("there are no targets");
    rule.by_entity_clusters = values.at("by_entity_clusters").get<bool>();
    rule.greedy = values.at("greedy").get<bool>();
    rule.seed = values.at("seed").get<std::uint64_t>();
    rule.by_file = values.at("by_file").get<bool>();
    return rule;
  } catch (const json::exception& error) {
    throw DatabaseError(std::string("metadata 'split_options' is not valid: ") + error.what());
  }
}

Draw draw_of(const SplitRule& rule) {
  if (rule.greedy) return draw_greatest;
  const auto stream = std::make_shared<RandomStream>(rule.seed);
  return [stream](auto probabilities) { return stream->choice(probabilities); };
}

}  // namespace mmgym
