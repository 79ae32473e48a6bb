#pragma once

#include "command.h"

namespace mmgym {

class InfoCommand : public Command {
 public:
  std::string name() const override { return "info"; }
  std::string description() const override { return "Summarize a database or a folder of shards"; }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::string path_;
  bool json_ = false;
  bool quick_ = false;
  std::size_t entries_ = 50;
  CLI::App* app_ = nullptr;
};

}  // namespace mmgym
