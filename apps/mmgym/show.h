#pragma once

#include "command.h"
#include "database/split_tables.h"
#include "output_files.h"
#include "sample_options.h"

namespace mmgym {

class ShowCommand : public Command {
 public:
  std::string name() const override { return "show"; }
  std::string description() const override { return "Draw samples as a PNG picture"; }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::string path_;
  std::string out_;
  std::string split_{kAllZones};
  std::uint64_t index_ = 0;
  std::uint64_t montage_ = 0;
  CLI::App* app_ = nullptr;
  OutputFiles output_;
  SampleOptions sample_;
};

}  // namespace mmgym
