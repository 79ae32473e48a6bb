#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "command.h"
#include "output_files.h"

namespace mmgym {

class MergeCommand : public Command {
 public:
  std::string name() const override { return "merge"; }
  std::string description() const override {
    return "Join databases into the one that build-db makes of all their inputs";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  void warn_incomplete(std::int64_t count, const std::vector<std::string>& ids) const;

  std::vector<std::string> parts_;
  std::string database_;
  OutputFiles output_;
  std::string remove_;
  bool choose_ = false;
  std::vector<std::string> clusters_;
  std::string blacklist_;
  std::optional<double> max_resolution_A_;
};

}  // namespace mmgym
