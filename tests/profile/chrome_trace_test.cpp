#include "profile/chrome_trace.h"

#include <nlohmann/json.hpp>
#include <thread>

#include "catch.h"
#include "profile/profile_report.h"

using namespace mmgym;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

ExperimentResult small_experiment(const std::string& name) {
  ExperimentResult result;
  result.name = name;
  result.samples = 2;
  result.images = 4;
  ThreadEvents& thread = result.events.emplace_back();
  thread.name = "worker \"1\"";
  result.times.record(&thread.events);
  const auto start = StageTimes::Clock::now();
  {
    const StageTimer batch(&result.times, Stage::batch);
    for (int i = 0; i < 2; ++i) {
      const StageTimer sample(&result.times, Stage::sample);
      std::this_thread::sleep_for(2ms);
      {
        const StageTimer frames(&result.times, Stage::frames);
        std::this_thread::sleep_for(2ms);
      }
      const StageTimer encode(&result.times, Stage::encode);
      std::this_thread::sleep_for(1ms);
    }
  }
  result.busy_s = std::chrono::duration<double>(StageTimes::Clock::now() - start).count();
  return result;
}

}  // namespace

TEST_CASE("A trace is valid in the trace-event format, and its events are nested") {
  const auto trace = json::parse(chrome_trace({{"first", small_experiment("first").events},
                                               {"second", small_experiment("second").events}}));
  CHECK(trace.at("displayTimeUnit") == "ms");
  int names = 0;
  int complete = 0;
  std::map<std::pair<int, int>, std::vector<std::pair<double, double>>> open;  // start, end
  for (const json& event : trace.at("traceEvents")) {
    const std::string phase = event.at("ph");
    REQUIRE(event.at("pid").is_number_integer());
    REQUIRE(event.at("tid").is_number_integer());
    REQUIRE(event.at("name").is_string());
    if (phase == "M") {
      CHECK((event.at("name") == "process_name" || event.at("name") == "thread_name"));
      CHECK(event.at("args").at("name").is_string());
      ++names;
      continue;
    }
    REQUIRE(phase == "X");
    ++complete;
    REQUIRE(event.at("ts").is_number());
    REQUIRE(event.at("dur").is_number());
    const double start = event.at("ts");
    const double end = start + event.at("dur").get<double>();
    CHECK(start >= 0);
    auto& stack = open[{event.at("pid"), event.at("tid")}];
    constexpr double kRounding = 0.0015;
    while (!stack.empty() && stack.back().second <= start + kRounding) stack.pop_back();
    if (!stack.empty()) {
      CHECK(start >= stack.back().first - kRounding);
      CHECK(end <= stack.back().second + kRounding);
    }
    stack.emplace_back(start, end);
  }
  CHECK(names == 4);
  CHECK(complete == 2 * (1 + 3 * 2));
}

TEST_CASE("The time of batches and samples outside of inner stages belongs to no stage") {
  const auto result = small_experiment("name");
  double within_s = 0;
  double batch_s = 0;
  for (const StageEvent& event : result.events[0].events) {
    const double duration_s = std::chrono::duration<double>(event.duration).count();
    if (event.stage == Stage::frames || event.stage == Stage::encode) within_s += duration_s;
    if (event.stage == Stage::batch) batch_s += duration_s;
  }
  CHECK(within_s >= 0.006);
  CHECK(result.all_stages_s() == Approx(within_s));
  // Each of the two samples sleeps once outside of inner stages.
  CHECK(batch_s - within_s >= 0.004);
  CHECK(result.not_covered_s() >= 0.004);
}

TEST_CASE("The summary shows experiments side by side with the ratio to the previous one") {
  auto first = small_experiment("16A without index");
  auto second = first;
  second.name = "16A with index";
  second.busy_s /= 20;
  const std::string text = summary({first, second});
  CHECK_THAT(text, testing::contains("16A without index  16A with index    ratio"));
  CHECK_THAT(text, testing::contains("1/20"));
  CHECK(to_json(first)["stages"].size() == 4);
}

TEST_CASE("The cost of a timer is at least the cost of reading the clock") {
  // No machine reads its clock in less time.
  CHECK(timer_cost_s() > 1e-10);
}
