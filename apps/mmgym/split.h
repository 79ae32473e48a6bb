#pragma once

#include <vector>

#include "command.h"
#include "split/split_database.h"

namespace mmgym {

class SplitCommand : public Command {
 public:
  std::string name() const override { return "split"; }
  std::string description() const override {
    return "Assign structures to training, validation and test sets, with homologs together";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  SplitOptions options_;
  std::vector<std::string> targets_;
};

}  // namespace mmgym
