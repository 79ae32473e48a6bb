#pragma once

#include <vector>

#include "command.h"
#include "output_files.h"
#include "plan/census_plan.h"
#include "zones/zone_parameters.h"

namespace mmgym {

class BuildDbCommand : public Command {
 public:
  std::string name() const override { return "build-db"; }
  std::string description() const override {
    return "Find training zones in mmCIF files and store them with their atoms";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::vector<std::string> inputs_;
  std::string database_;
  std::string part_;     // k/n; empty for all inputs
  std::string rebuild_;  // path of a database; empty for all inputs
  OutputFiles output_;
  bool strict_ = false;
  std::string preset_ = "neighbor";
  CLI::Option* neighbor_count_ = nullptr;  // --neighbor-count-threshold
  ZoneParameters parameters_;
  CensusOptions census_;
  std::vector<std::string> nonspecific_;
  std::vector<std::string> nonbiological_;
  std::string cath_;
  int cath_min_domains_ = 1;
  std::string trace_;

  void setup_zones(CLI::App& app);
  void setup_choice(CLI::App& app);
};

}  // namespace mmgym
