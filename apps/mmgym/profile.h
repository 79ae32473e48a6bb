#pragma once

#include "command.h"
#include "sample_options.h"

namespace mmgym {

class ProfileCommand : public Command {
 public:
  std::string name() const override { return "profile"; }
  std::string description() const override { return "Tell where the time goes in making samples"; }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::string database_;
  std::string split_;
  std::uint64_t batches_ = 2;
  std::uint64_t batch_size_ = 16;
  SampleOptions sample_;
};

}  // namespace mmgym
