#pragma once

#include <vector>

#include "command.h"
#include "sample_options.h"
#include "shards/write_shards.h"

namespace mmgym {

class SampleCommand : public Command {
 public:
  std::string name() const override { return "sample"; }
  std::string description() const override {
    return "Draw training samples and write them as WebDataset shards or as a stream";
  }
  void setup(CLI::App& app) override;
  void run() override;

 private:
  void set_up_files(CLI::App& app);
  void set_up_normalization(CLI::App& app);
  RunOptions run_options() const;
  ShardOptions shard_options() const;
  /// Prints what is easily overlooked about the samples of a run.
  void describe(SampleRun& run) const;
  void stream();
  void verify() const;
  void write();

  std::string database_;
  std::string out_;
  std::string split_;
  std::optional<double> max_difficulty_;
  std::uint64_t start_ = 0;
  std::uint64_t count_ = 0;
  std::uint64_t epochs_ = 1;
  std::uint64_t seed_ = 0;
  std::string worker_ = "0/1";
  std::optional<std::uint64_t> samples_per_shard_;
  bool verify_ = false;
  bool finish_ = false;
  bool no_space_check_ = false;
  SampleFormat format_;
  std::string normalize_;
  std::vector<float> channel_mean_;
  std::vector<float> channel_std_;
  std::size_t tile_cache_MiB_ = kDefaultTileCacheBytes >> 20;
  SampleOptions sample_;
};

}  // namespace mmgym
