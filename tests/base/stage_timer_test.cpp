#include "base/stage_timer.h"

#include <thread>

#include "catch.h"

using mmgym::Stage;
using mmgym::StageTimer;
using mmgym::StageTimes;
using mmgym::testing::contains;
using namespace std::chrono_literals;

TEST_CASE("A stage's own time excludes the stages inside it") {
  StageTimes times;
  {
    const StageTimer sample(&times, Stage::sample);
    std::this_thread::sleep_for(3ms);
    for (int i = 0; i < 2; ++i) {
      const StageTimer draw(&times, Stage::draw_views);
      std::this_thread::sleep_for(2ms);
    }
  }
  const auto& sample = times[Stage::sample];
  const auto& draw = times[Stage::draw_views];
  CHECK(sample.calls == 1);
  CHECK(draw.calls == 2);
  CHECK(draw.with_inner >= 4ms);
  CHECK(draw.without_inner == draw.with_inner);
  CHECK(sample.without_inner >= 3ms);
  CHECK(sample.without_inner + draw.with_inner == sample.with_inner);
}

TEST_CASE("The table has cProfile's columns, sorted by cumulative time, without idle stages") {
  StageTimes times;
  {
    const StageTimer sample(&times, Stage::sample);
    const StageTimer encode(&times, Stage::encode);
  }
  const std::string table = stage_table(times);
  CHECK_THAT(table, contains("ncalls    tottime    percall    cumtime    percall  stage"));
  CHECK(table.find("  sample\n") < table.find("  encode\n"));
  CHECK(table.find("frames") == std::string::npos);
}

TEST_CASE("A timer without times does not change the timer around it") {
  StageTimes times;
  {
    const StageTimer sample(&times, Stage::sample);
    const StageTimer off(static_cast<StageTimes*>(nullptr), Stage::encode);
    std::this_thread::sleep_for(2ms);
  }
  CHECK(times[Stage::encode].calls == 0);
  CHECK(times[Stage::sample].calls == 1);
  CHECK(times[Stage::sample].without_inner >= 2ms);
}

TEST_CASE("Threads have times of their own, which are summed") {
  for (const bool records_events : {false, true}) {
    mmgym::ThreadTimes times(records_events);
    const auto work = [&times] {
      const StageTimer search(&times, Stage::search);
      for (int i = 0; i < 3; ++i) mmgym::timed(&times, Stage::densities, [] { return 0; });
    };
    work();
    std::thread(work).join();
    work();
    CHECK(times.total()[Stage::search].calls == 3);
    CHECK(times.total()[Stage::densities].calls == 9);
    const auto threads = times.take_events();
    REQUIRE(threads.size() == 2);
    CHECK(threads[0].events.size() == (records_events ? 8 : 0));
    CHECK(threads[1].events.size() == (records_events ? 4 : 0));
  }
}
