#pragma once

#include <string>
#include <vector>

#include "command.h"
#include "inputs/input_limits.h"
#include "output_files.h"

namespace mmgym {

class FastaCommand : public Command {
 public:
  std::string name() const override { return "fasta"; }
  std::string description() const override {
    return "Write the sequences of mmCIF files as FASTA, for clustering";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  std::vector<std::string> inputs_;
  std::string out_ = "-";
  std::string type_ = "protein";
  std::size_t min_length_ = 0;
  InputLimits limits_;
  OutputFiles output_;
};

}  // namespace mmgym
