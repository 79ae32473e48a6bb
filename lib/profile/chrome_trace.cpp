#include "profile/chrome_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace mmgym {
namespace {

std::string name_event(const char* what, std::size_t pid, std::size_t tid,
                       const std::string& name) {
  return nlohmann::ordered_json(
             {{"ph", "M"}, {"name", what}, {"pid", pid}, {"tid", tid}, {"args", {{"name", name}}}})
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

double microseconds(StageTimes::Clock::duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

}  // namespace

std::string chrome_trace(const std::vector<TracedRun>& runs) {
  auto origin = StageTimes::Clock::time_point::max();
  for (const auto& run : runs)
    for (const auto& thread : run.threads)
      for (const auto& event : thread.events) origin = std::min(origin, event.start);

  std::string text = "{\"displayTimeUnit\":\"ms\",\"traceEvents\":[";
  const char* separator = "\n";
  const auto add = [&](const std::string& event) {
    text += separator + event;
    separator = ",\n";
  };
  for (std::size_t pid = 1; pid <= runs.size(); ++pid) {
    const auto& run = runs[pid - 1];
    add(name_event("process_name", pid, 0, run.name));
    for (std::size_t tid = 1; tid <= run.threads.size(); ++tid)
      add(name_event("thread_name", pid, tid, run.threads[tid - 1].name));
  }
  for (std::size_t pid = 1; pid <= runs.size(); ++pid)
    for (std::size_t tid = 1; tid <= runs[pid - 1].threads.size(); ++tid) {
      // Events are recorded when they end.
      auto events = runs[pid - 1].threads[tid - 1].events;
      std::stable_sort(events.begin(), events.end(), [](const StageEvent& a, const StageEvent& b) {
        return a.start != b.start ? a.start < b.start : a.duration > b.duration;
      });
      for (const auto& event : events)
        add(fmt::format(R"({{"ph":"X","name":"{}","cat":"stage","pid":{},"tid":{},"ts":{:.3f},)"
                        R"("dur":{:.3f}}})",
                        stage_name(event.stage), pid, tid, microseconds(event.start - origin),
                        microseconds(event.duration)));
    }
  return text + "\n]}\n";
}

}  // namespace mmgym
