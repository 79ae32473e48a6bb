#pragma once

#include <vector>

#include "command.h"
#include "output_files.h"
#include "profile/profile_samples.h"
#include "sample_options.h"

namespace mmgym {

class ProfileCommand : public Command {
 public:
  std::string name() const override { return "profile"; }
  std::string description() const override {
    return "Measure how long each stage of making samples takes";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::vector<Experiment> experiments() const;

  CLI::App* app_ = nullptr;
  ProfileOptions options_;
  std::string database_;
  std::string json_;
  std::string trace_;
  OutputFiles output_;
  SampleOptions sample_;
};

}  // namespace mmgym
