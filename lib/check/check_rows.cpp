#include "check/check_rows.h"

#include <fmt/format.h>

#include "database/row_checks.h"

namespace mmgym {

void check_pages(GymReader& reader, Findings& findings) {
  for (const std::string& problem : page_problems(reader, Findings::kMostPerKind))
    findings.add("pages: " + problem);
}

void check_values(GymReader& reader, Findings& findings) {
  for (const std::string& table : gym_tables())
    run_check(findings, [&] {
      for (const WrongValues& wrong : wrong_values(reader, table))
        findings.add(fmt::format(
            "{}.{}: {} value{} of the wrong type or out of range, first where {} is {}", table,
            wrong.column, wrong.count, wrong.count == 1 ? "" : "s", wrong.key, wrong.first));
    });
}

void check_references(GymReader& reader, Findings& findings) {
  for (const DanglingRows& rows : dangling_rows(reader))
    findings.add(fmt::format("{}: {} row{} to rows of {} that do not exist", rows.table, rows.count,
                             rows.count == 1 ? " refers" : "s refer", rows.parent));
}

}  // namespace mmgym
