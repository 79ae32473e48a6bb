#pragma once

#include <optional>

#include "command.h"
#include "database/split_tables.h"
#include "export/export_gym.h"
#include "output_files.h"
#include "sample_options.h"

namespace mmgym {

class ExportCommand : public Command {
 public:
  std::string name() const override { return "export"; }
  std::string description() const override {
    return "Write atoms and images as files for molecular viewers";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::string database_;
  std::string out_;
  std::string split_{kAllZones};
  std::optional<std::uint64_t> index_;
  std::optional<std::int64_t> zone_;
  std::string assembly_;
  std::optional<ExportFrame> frame_;
  double margin_A_ = 0;
  OutputFiles output_;
  SampleOptions sample_;
};

}  // namespace mmgym
