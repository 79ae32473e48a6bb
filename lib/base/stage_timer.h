#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace mmgym {

/// The stages of making samples, then those of building a database, outermost first.
enum class Stage {
  batch,           // a sequence of samples
  sample,          // all of the stages from here to `encode`
  snapshot,        // beginning and ending a read transaction
  look_up_zone,    // center and names of the zone
  zone_neighbors,  // neighbors of the zone, from the index
  frames,          // random streams and rigid transforms
  read_atoms,      // reading and decoding tiles
  channels,        // elements to channels
  draw_views,      // culling, transforms, overlaps, and clearing the images
  encode,          // arrays and texts in the format of shards

  census,          // of a file: its facts
  search,          // of a file: its zones
  read_file,       // its bytes
  decompress,      // the text of a file
  read_facts,      // the text without the coordinates
  read_structure,  // one model
  build_assembly,  // copies of atoms
  densities,       // the counts of a density map, and waiting for its layers
  density_layers,  // convolution; several threads can do those of one map
  find_zones,      // listing points of the grid, and waiting for their search
  search_points,   // several threads can do those of one assembly
  choose_zones,    // among those found
  place_atoms,     // which atoms are stored and where, and waiting for tiles
  encode_tiles,    // several threads can do those of one assembly
  write,           // rows
};
inline constexpr std::size_t kStages = 25;

const char* stage_name(Stage stage);

/// Whether a stage only consists of other stages. Its remaining time belongs to no stage.
inline bool is_made_of_stages(Stage stage) {
  return stage == Stage::batch || stage == Stage::sample || stage == Stage::census ||
         stage == Stage::search;
}

/// One run of a stage.
struct StageEvent {
  Stage stage;
  std::chrono::steady_clock::time_point start;
  std::chrono::steady_clock::duration duration;
};

/// Time spent in each stage. Use one object per thread.
class StageTimes {
 public:
  using Clock = std::chrono::steady_clock;

  struct Total {
    std::uint64_t calls = 0;
    Clock::duration with_inner{};     // cProfile's cumtime
    Clock::duration without_inner{};  // cProfile's tottime
  };

  const Total& operator[](Stage stage) const { return totals_[static_cast<std::size_t>(stage)]; }

  /// Appends every later event to the list when it ends; nullptr stops recording.
  void record(std::vector<StageEvent>* events) { events_ = events; }

  /// Adds another thread's totals.
  void add(const StageTimes& other);

 private:
  friend class StageTimer;
  std::array<Total, kStages> totals_{};
  std::vector<StageEvent>* events_ = nullptr;
  Clock::duration* inner_of_enclosing_ = nullptr;
};

/// The events of a thread.
struct ThreadEvents {
  std::string name;
  std::vector<StageEvent> events;
};

/// The times of threads that come and go.
class ThreadTimes {
 public:
  explicit ThreadTimes(bool record_events) : records_events_(record_events) {}

  StageTimes& of_this_thread();
  /// For use when no thread has a timer any more.
  StageTimes total() const;
  std::vector<ThreadEvents> take_events();

 private:
  struct Thread {
    StageTimes times;
    std::vector<StageEvent> events;
  };
  bool records_events_;
  std::mutex mutex_;
  std::map<std::thread::id, std::size_t> number_of_;
  std::deque<Thread> threads_;  // in the order of their first timers
};

/// Adds the time from its construction to its destruction to a stage. Does nothing if `times` is
/// nullptr. Timers may be nested.
class StageTimer {
 public:
  StageTimer(StageTimes* times, Stage stage) : times_(times), stage_(stage) {
    if (times_ == nullptr) return;
    enclosing_ = times_->inner_of_enclosing_;
    times_->inner_of_enclosing_ = &inner_;
    start_ = StageTimes::Clock::now();
  }
  StageTimer(ThreadTimes* times, Stage stage)
      : StageTimer(times == nullptr ? nullptr : &times->of_this_thread(), stage) {}
  ~StageTimer() {
    if (times_ == nullptr) return;
    const auto elapsed = StageTimes::Clock::now() - start_;
    auto& total = times_->totals_[static_cast<std::size_t>(stage_)];
    ++total.calls;
    total.with_inner += elapsed;
    total.without_inner += elapsed - inner_;
    times_->inner_of_enclosing_ = enclosing_;
    if (enclosing_ != nullptr) *enclosing_ += elapsed;
    if (times_->events_ != nullptr) times_->events_->push_back({stage_, start_, elapsed});
  }
  StageTimer(const StageTimer&) = delete;
  StageTimer& operator=(const StageTimer&) = delete;

 private:
  StageTimes* times_;
  Stage stage_;
  StageTimes::Clock::duration inner_{};
  StageTimes::Clock::duration* enclosing_ = nullptr;
  StageTimes::Clock::time_point start_;
};

/// Returns f(), and adds its time to a stage.
template <typename Function>
auto timed(ThreadTimes* times, Stage stage, const Function& f) {
  const StageTimer timer(times, stage);
  return f();
}

/// Returns a table with cProfile's columns, sorted by cumulative time, without stages that did not
/// run. Times are in seconds, with microseconds.
std::string stage_table(const StageTimes& times);

}  // namespace mmgym
