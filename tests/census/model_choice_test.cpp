#include "census/model_choice.h"

#include "catch.h"

using namespace mmgym;

namespace {

ModelFacts model(const std::string& id, const std::string& subchains, bool full_atom = true) {
  ModelFacts facts{id, {}, full_atom};
  for (const char c : subchains) facts.subchains.push_back({std::string(1, c), "A", "1"});
  return facts;
}

StructureFacts structure(std::vector<ModelFacts> models) {
  StructureFacts facts;
  facts.assemblies = {{"1", "", 2, {"A", "B"}, {1, 1}}};
  facts.models = std::move(models);
  return facts;
}

using Indices = std::vector<std::size_t>;

}  // namespace

TEST_CASE("Models with only the subchains of the assemblies are preferred to models with more") {
  CHECK(choose_models(structure({model("1", "ABC"), model("2", "ABC"), model("3", "AB")})) ==
        Indices{2});
  CHECK(choose_models(structure({model("1", "ABC"), model("2", "A")})) == Indices{0});
}

TEST_CASE("The largest set of equivalent models is chosen, of equals the first") {
  CHECK(choose_models(structure({model("1", "AB", false), model("2", "AB"), model("3", "BA")})) ==
        Indices{1, 2});
  CHECK(choose_models(structure({model("1", "AB", false), model("2", "AB")})) == Indices{0});
}

TEST_CASE("If no model has every subchain, the first model is chosen") {
  CHECK(choose_models(structure({model("1", "A"), model("2", "B")})) == Indices{0});
}
