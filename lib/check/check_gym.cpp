#include "check/check_gym.h"

#include "check/check_facts.h"
#include "check/check_rows.h"
#include "database/gym_statistics.h"

namespace mmgym {

CheckResult check_gym(const std::filesystem::path& path,
                      const std::function<void(std::uint64_t, std::uint64_t)>& on_progress) {
  GymReader reader(path);
  Findings findings(path);
  CheckResult result;
  for (const auto check : {check_pages, check_values, check_references, check_metadata,
                           check_inputs, check_ranks, check_neighbors})
    run_check(findings, [&] { check(reader, findings); });
  run_check(findings, [&] {
    result.assemblies = static_cast<std::int64_t>(assembly_ids(reader).size());
    result.zones = static_cast<std::int64_t>(reader.zone_ids().size());
  });
  result.read = check_tiles(reader, findings, on_progress);
  result.problems = findings.count();
  result.lines = findings.take();
  return result;
}

}  // namespace mmgym
