#include "profile/profile_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <variant>

#include "base/errors.h"
#include "base/machine_memory.h"
#include "base/object_pool.h"
#include "base/ordered_work.h"
#include "encoding/encode_sample.h"
#include "sampling/image_memory.h"
#include "sampling/sample_maker.h"
#include "sampling/sample_order.h"
#include "sampling/zone_choice.h"

namespace mmgym {
namespace {

using Clock = StageTimes::Clock;

/// Assigns samples to batches.
class Workload {
 public:
  Workload(const ProfileOptions& options, std::size_t zones)
      : options_(options), zones_(zones), order_(zones, 0, zones, 0) {}

  /// Returns the sample at a position of a batch. Batches after the measured ones are for the
  /// warm-up.
  std::uint64_t sample(std::uint64_t batch, std::uint64_t position) const {
    const std::uint64_t place = batch * options_.batch_size + position;
    return order_.index(place % zones_) + place / zones_ * zones_;
  }

 private:
  const ProfileOptions& options_;
  std::size_t zones_;
  SampleOrder order_;
};

/// Makes batches. There is one worker per thread.
class Worker {
 public:
  Worker(const ProfileOptions& options, const Experiment& experiment,
         std::span<const std::int64_t> zones, const std::shared_ptr<TileCache>& cache)
      : options_(options),
        parameters_(experiment.parameters),
        maker_(options.database, zones, experiment.parameters, cache, experiment.neighbor_lookup),
        encoder_(parameters_, maker_.channels(), {}, true) {
    if (options.record_events) times_.record(&events_);
  }

  void warm_up(const Workload& workload) {
    for (std::uint64_t batch = 0; batch < options_.warm_up; ++batch)
      make_batch(workload, options_.batches + batch, nullptr);
    atoms_ = 0;
  }

  void run(const Workload& workload, std::uint64_t batch) {
    const auto start = Clock::now();
    make_batch(workload, batch, &times_);
    end_ = Clock::now();
    start_ = std::min(start_, start);
    busy_ += end_ - start;
  }

  /// Return the start of the first batch and the end of the last.
  Clock::time_point start() const { return start_; }
  Clock::time_point end() const { return end_; }

  void add_to(ExperimentResult& result) {
    result.channels = maker_.channels();
    result.atoms += atoms_;
    result.busy_s += seconds(busy_);
    result.times.add(times_);
    if (options_.record_events)
      result.events.push_back(
          {fmt::format("worker {}", result.events.size() + 1), std::move(events_)});
  }

 private:
  void make_batch(const Workload& workload, std::uint64_t batch, StageTimes* times) {
    const StageTimer batch_timer(times, Stage::batch);
    for (std::uint64_t i = 0; i < options_.batch_size; ++i) {
      const StageTimer sample_timer(times, Stage::sample);
      const std::shared_ptr<Sample> sample = samples_.get();
      maker_.make(workload.sample(batch, i), *sample, times);
      for (int view = 0; view < parameters_.views(); ++view) atoms_ += sample->atoms_drawn[view];
      const StageTimer encode_timer(times, Stage::encode);
      encoder_.encode(sample);
    }
  }

  const ProfileOptions& options_;
  const SampleParameters& parameters_;
  SampleMaker maker_;
  SampleEncoder encoder_;
  ObjectPool<Sample> samples_;
  StageTimes times_;
  std::vector<StageEvent> events_;
  std::uint64_t atoms_ = 0;
  Clock::time_point start_ = Clock::time_point::max();
  Clock::time_point end_ = Clock::time_point::min();
  Clock::duration busy_{};
};

/// Calls work(i) for each i < count on several threads.
void for_each(std::uint64_t count, int threads, const std::function<void(std::uint64_t)>& work) {
  using Nothing = std::monostate;
  OrderedWork<Nothing> items;
  items.count = count;
  items.work = [&work](std::uint64_t i) {
    work(i);
    return Nothing();
  };
  items.write = [](std::uint64_t, Nothing&&) {};
  run_ordered(std::move(items), limits_for_timing(threads));
}

}  // namespace

ExperimentResult run_experiment(const ProfileOptions& options, const Experiment& experiment) {
  GymReader reader(options.database, experiment.neighbor_lookup);
  const auto zones = choose_zones(reader, options.split);
  const SampleParameters& parameters = experiment.parameters;

  const auto threads = static_cast<std::uint64_t>(options.threads);
  if (options.batches > kIndices / options.batch_size ||
      options.warm_up > kIndices / options.batch_size / threads)
    throw UsageError(
        fmt::format("--batches {} and --warm-up {}, each of --batch-size {}, are more "
                    "than the {} samples of a database",
                    options.batches, options.warm_up, options.batch_size, kIndices));

  // Each thread makes one sample at a time.
  check_image_memory(parameters,
                     ChannelMap(parameters.channels, parameters.ligand_channel).channels(), threads,
                     machine_memory());

  ExperimentResult result;
  result.name = experiment.name;
  if (parameters.task == Task::neighbor) result.neighbor_lookup = reader.zone_neighbors_plan();
  result.batches = options.batches;
  result.samples = options.batches * options.batch_size;
  result.images = result.samples * static_cast<std::uint64_t>(parameters.views());
  const auto length = static_cast<std::uint64_t>(parameters.length_voxels);
  result.voxels_per_image = length * length * length;
  result.threads = options.threads;

  const Workload workload(options, zones.size());
  ObjectPool<Worker> pool([&, cache = std::make_shared<TileCache>(kDefaultTileCacheBytes)] {
    return std::make_unique<Worker>(options, experiment, zones, cache);
  });
  const auto all_workers = [&] {
    std::vector<std::shared_ptr<Worker>> workers;
    for (int i = 0; i < options.threads; ++i) workers.push_back(pool.get());
    return workers;
  };
  {
    // Warms up all workers before the clock starts.
    const auto workers = all_workers();
    for_each(workers.size(), options.threads,
             [&](std::uint64_t i) { workers[i]->warm_up(workload); });
  }
  for_each(options.batches, options.threads,
           [&](std::uint64_t batch) { pool.get()->run(workload, batch); });

  auto start = Clock::time_point::max();
  auto end = Clock::time_point::min();
  for (const auto& worker : all_workers()) {
    start = std::min(start, worker->start());
    end = std::max(end, worker->end());
    worker->add_to(result);
  }
  result.wall_s = seconds(end - start);
  return result;
}

}  // namespace mmgym
