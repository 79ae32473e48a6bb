#pragma once

#include <string>

#include "command.h"

namespace mmgym {

class CurriculumCommand : public Command {
 public:
  std::string name() const override { return "curriculum"; }
  std::string description() const override {
    return "Load difficulties of zones, for 'sample --max-difficulty'";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::string database_;
  std::string file_;
};

}  // namespace mmgym
