#pragma once

#include "command.h"
#include "sample_options.h"

namespace mmgym {

class SampleCommand : public Command {
 public:
  std::string name() const override { return "sample"; }
  std::string description() const override {
    return "Draw training samples into WebDataset shards";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::string database_;
  std::string out_;
  std::string split_;
  std::optional<double> max_difficulty_;
  std::uint64_t start_ = 0;
  std::uint64_t count_ = 0;
  std::uint64_t epochs_ = 1;
  std::uint64_t seed_ = 0;
  std::uint64_t samples_per_shard_ = 256;
  SampleOptions sample_;
};

}  // namespace mmgym
