#pragma once

#include <string>

#include "command.h"

namespace mmgym {

class CheckCommand : public Command {
 public:
  std::string name() const override { return "check"; }
  std::string description() const override {
    return "Read everything in a database and list what is damaged";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::string database_;
};

}  // namespace mmgym
