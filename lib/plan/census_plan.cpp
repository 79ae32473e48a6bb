#include "plan/census_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/ordered_work.h"
#include "base/stage_timer.h"
#include "base/text.h"
#include "inputs/read_file.h"
#include "plan/census_entry.h"
#include "plan/memory_estimate.h"
#include "plan/planner.h"
#include "plan/validation_reports.h"
#include "structure/facts.h"

namespace mmgym {
namespace {

using Codes = std::unordered_set<std::string>;

Codes set_of(const std::vector<std::string>& codes) { return {codes.begin(), codes.end()}; }

/// What the facts of a file give.
struct FactsOutcome {
  CensusEntry entry;
  std::vector<std::string> codes;  // of residues, and other words of links
  std::string remark;
};

std::vector<std::string> codes_in(const StructureFacts& facts) {
  std::vector<std::string> codes;
  for (const auto& entity : facts.entities) {
    if (entity.is_water()) continue;
    codes.push_back(entity.comp_id);
    for (const auto word : words_of(entity.links)) codes.emplace_back(word);
  }
  return codes;
}

FactsOutcome facts_of(const InputSource& source, const ValidationReports& reports,
                      const Codes& nonspecific, const InputLimits& limits, ThreadTimes* times) {
  const StageTimer timer(times, Stage::census);
  FactsOutcome outcome;
  CensusEntry& entry = outcome.entry;
  entry.file.path = printable(source.name());
  entry.file_name = printable(source.file_name());
  StructureFacts facts;
  std::string stage = "read";
  try {
    std::string bytes = timed(times, Stage::read_file, [&] { return read_bytes(source, limits); });
    entry.file.size = bytes.size();
    entry.file.checksum = checksum(bytes);
    const std::string text =
        timed(times, Stage::decompress, [&] { return decompressed(std::move(bytes), limits); });
    stage = "parse";
    const StageTimer reading(times, Stage::read_facts);
    read_facts(text, source.file_name(), limits, facts);
  } catch (...) {
    entry.file.id = facts.pdb_id;
    entry.unreadable = {source.name(), facts.pdb_id, "", stage, reason_in_content()};
    return outcome;
  }
  try {
    reports.add_to(facts.pdb_id, limits, facts.quality, entry.report_checksum);
  } catch (const InputError& error) {
    outcome.remark = std::string(error.what()) + "; ranked without validation report";
  }
  outcome.codes = codes_in(facts);
  set_facts(facts, nonspecific, entry);
  return outcome;
}

std::size_t bytes_of(const FactsOutcome& outcome) {
  const CensusEntry& entry = outcome.entry;
  std::size_t bytes = sizeof(FactsOutcome) + outcome.codes.size() * sizeof(std::string) +
                      entry.entities.size() * sizeof(CensusEntry::Content) +
                      entry.subchains.size() * sizeof(CensusEntry::CountedSubchain);
  for (const auto& assembly : entry.assemblies)
    bytes += sizeof(assembly) + assembly.subchains.size() * sizeof(assembly.subchains[0]);
  return bytes;
}

/// Remarks on the codes of a list that no input has.
void remark_codes(const char* list, const Codes& codes, const Codes& known, Planner& planner) {
  std::vector<std::string> unknown;
  for (const auto& code : codes)
    if (!known.contains(code)) unknown.push_back(code);
  std::sort(unknown.begin(), unknown.end());
  planner.remark_unknown(list, codes.size(), "codes", unknown.size(), unknown);
}

}  // namespace

std::vector<InputFile> take_input_files(CensusPlan& plan) {
  std::vector<InputFile> files;
  files.reserve(plan.inputs.size());
  for (auto& input : plan.inputs) {
    std::string census = std::exchange(input.file.census, {});
    files.push_back(input.file);
    files.back().census = std::move(census);
  }
  return files;
}

CensusPlan plan_census(const std::vector<InputSource>& files, const CensusOptions& options,
                       const ZoneParameters& parameters, int threads,
                       const std::function<void(std::size_t)>& on_progress, ThreadTimes* times) {
  Planner planner(options);
  const ValidationReports reports =
      options.validation.empty()
          ? ValidationReports()
          : ValidationReports(options.validation,
                              [&planner](const std::string& remark) { planner.remark(remark); });
  const Codes nonspecific = set_of(parameters.nonspecific_residues);
  Codes known;
  const std::vector<std::uint64_t> sizes = file_sizes(files);
  OrderedWork<FactsOutcome> work;
  work.count = files.size();
  work.work = [&](std::uint64_t i) {
    return facts_of(files[i], reports, nonspecific, options.limits, times);
  };
  work.work_bytes = [&](std::uint64_t i) { return text_bytes(files[i].file_name(), sizes[i]); };
  work.result_bytes = bytes_of;
  work.write = [&](std::uint64_t i, FactsOutcome&& outcome) {
    if (!outcome.remark.empty()) planner.remark(outcome.remark);
    known.insert(outcome.codes.begin(), outcome.codes.end());
    planner.add(files[i], std::move(outcome.entry));
    on_progress(i + 1);
  };
  run_ordered(std::move(work), limits_for_facts(threads));

  remark_codes("nonspecific residues", nonspecific, known, planner);
  remark_codes("nonbiological residues", set_of(parameters.nonbiological_residues), known, planner);
  CensusPlan plan = planner.finish();
  if (reports.size() > 0) {
    const auto used = std::count_if(plan.inputs.begin(), plan.inputs.end(),
                                    [&](const auto& input) { return reports.has(input.pdb_id); });
    if (const auto unused = reports.size() - static_cast<std::size_t>(used); unused > 0)
      plan.remarks.push_back(
          fmt::format("{}: {} of {} validation reports are of structures that are not inputs",
                      options.validation.string(), unused, reports.size()));
  }
  return plan;
}

}  // namespace mmgym
