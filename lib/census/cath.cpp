#include "census/cath.h"

#include <algorithm>
#include <map>

#include "base/errors.h"
#include "base/md5.h"
#include "base/text.h"
#include "inputs/text_lines.h"

namespace mmgym {
namespace {

namespace fs = std::filesystem;

constexpr const char* kData = "cath-classification-data";

/// Finds the file NAME.txt or NAME-vX_Y_Z.txt.
fs::path find_file(const fs::path& folder, const std::string& name) {
  const fs::path exact = folder / kData / (name + ".txt");
  if (fs::exists(exact)) return exact;
  std::vector<fs::path> found;
  if (fs::is_directory(folder / kData))
    for (const auto& entry : fs::directory_iterator(folder / kData)) {
      const std::string file = entry.path().filename().string();
      if (file.starts_with(name + "-v") && file.ends_with(".txt")) found.push_back(entry.path());
    }
  if (found.size() == 1) return found.front();
  throw InputError((folder / kData).string() + ": expected one file named " + name + ".txt or " +
                   name + "-vX_Y_Z.txt, found " + (found.empty() ? "none" : "several"));
}

/// Calls visit(line) for every line of a file. Returns the MD5 sum of the lines.
template <typename Visit>
std::string visit_lines(const fs::path& path, const Visit& visit) {
  Md5 sum;
  for_each_line(path, [&](std::string_view line) {
    sum.update(std::as_bytes(std::span(line)));
    sum.update(std::as_bytes(std::span("\n", 1)));
    visit(line);
  });
  return sum.hex();
}

/// A domain name is a PDB id, a chain and the number of the domain in the chain: "1oaiA00".
bool is_domain_name(std::string_view name) { return name.size() == 7; }

/// Parses ranges like "2-78,290-331". Numbers can be negative.
std::vector<std::pair<int, int>> parse_ranges(std::string_view text) {
  std::vector<std::pair<int, int>> ranges;
  for (const auto part : split_at(text, ',')) {
    const std::size_t dash = part.find('-', 1);
    std::pair<int, int> range;
    if (!parse_number(part.substr(0, dash), range.first) ||
        !parse_number(part.substr(dash == std::string_view::npos ? 0 : dash + 1), range.second) ||
        range.second < range.first)
      throw BadLine{"a domain name and residue ranges, like '1chmA02 2-78,290-331'"};
    ranges.push_back(range);
  }
  return ranges;
}

}  // namespace

CathDomains::CathDomains(const fs::path& folder, int min_domains) {
  using Architecture = std::pair<int, int>;
  struct Entry {
    std::string name;
    Architecture architecture;
  };
  std::vector<Entry> entries;
  std::map<Architecture, int> counts;
  const auto add_domain = [&](std::string_view line) {
    const auto words = words_of(line);
    Architecture architecture;
    if (words.size() < 5 || !is_domain_name(words[0]) ||
        !parse_number(words[1], architecture.first) || !parse_number(words[2], architecture.second))
      throw BadLine{"a domain name of 7 characters and C, A, T and H numbers"};
    entries.push_back({std::string(words[0]), architecture});
    ++counts[architecture];
  };
  md5_.push_back(visit_lines(find_file(folder, "cath-domain-list"), add_domain));

  std::unordered_map<std::string, std::vector<std::pair<int, int>>> ranges;
  const auto add_ranges = [&](std::string_view line) {
    const auto words = words_of(line);
    if (words.size() != 2 || !is_domain_name(words[0]))
      throw BadLine{"a domain name and residue ranges, like '1chmA02 2-78,290-331'"};
    ranges[std::string(words[0])] = parse_ranges(words[1]);
  };
  md5_.push_back(
      visit_lines(find_file(folder, "cath-domain-boundaries-seqreschopping"), add_ranges));

  std::map<Architecture, int> label_of;
  for (const auto& [architecture, count] : counts)
    if (count >= min_domains) {
      label_of[architecture] = static_cast<int>(labels_.size());
      labels_.push_back(std::to_string(architecture.first) + "." +
                        std::to_string(architecture.second));
    }
  for (const auto& entry : entries) {
    const auto label = label_of.find(entry.architecture);
    const auto segments = ranges.find(entry.name);
    if (label == label_of.end() || segments == ranges.end()) continue;
    domains_[lower_case(entry.name.substr(0, 4))].push_back(
        {entry.name.substr(4, 1), label->second, segments->second});
  }
}

const std::vector<CathDomains::Domain>& CathDomains::domains_of(const std::string& pdb_id) const {
  static const std::vector<Domain> kNone;
  const auto found = domains_.find(pdb_id);
  return found == domains_.end() ? kNone : found->second;
}

std::optional<int> cath_label(const std::vector<CathDomains::Domain>& domains,
                              const std::string& chain_id, int seq_id) {
  for (const auto& domain : domains)
    if (domain.chain_id == chain_id)
      for (const auto& [first, last] : domain.seq_ids)
        if (first <= seq_id && seq_id <= last) return domain.label;
  return std::nullopt;
}

}  // namespace mmgym
