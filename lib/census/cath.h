#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mmgym {

/// Domains of CATH and the labels of their architectures. A label is a class and an architecture
/// ("3.40") with at least `min_domains` domains. Labels are numbered from 0 in numeric order.
class CathDomains {
 public:
  /// Reads cath-domain-list.txt and cath-domain-boundaries-seqreschopping.txt from the subfolder
  /// cath-classification-data of a CATH-Plus folder. File names can have a version ("-v4_3_0")
  /// before ".txt". Throws InputError if a file is missing or malformed.
  CathDomains(const std::filesystem::path& folder, int min_domains);
  CathDomains() = default;

  /// Names of the labels, by label.
  const std::vector<std::string>& labels() const { return labels_; }

  /// MD5 sums of the lines of the two files; empty without files.
  const std::vector<std::string>& md5() const { return md5_; }

  struct Domain {
    std::string chain_id;  // auth_asym_id, one character
    int label;
    std::vector<std::pair<int, int>> seq_ids;  // first and last label_seq_id of each segment
  };
  /// Labeled domains of a structure, in the order of the domain list. If domains overlap, the first
  /// counts.
  const std::vector<Domain>& domains_of(const std::string& pdb_id) const;

 private:
  std::vector<std::string> labels_;
  std::vector<std::string> md5_;
  std::unordered_map<std::string, std::vector<Domain>> domains_;
};

/// Returns the label of a residue, if the residue is in a labeled domain.
std::optional<int> cath_label(const std::vector<CathDomains::Domain>& domains,
                              const std::string& chain_id, int seq_id);

}  // namespace mmgym
