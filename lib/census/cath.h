#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace mmgym {

/// Domains of CATH and the labels of their architectures. A label stands for a class and an
/// architecture ("3.40") that at least `cath_min_domains` domains have; labels count from 0 in
/// their numeric order.
class CathDomains {
 public:
  /// Reads a folder of CATH-Plus: cath-classification-data/cath-domain-list.txt and
  /// cath-domain-boundaries-seqreschopping.txt, whose names may end with a version ("-v4_3_0")
  /// before ".txt". Throws InputError where one is missing or malformed.
  CathDomains(const std::filesystem::path& folder, int min_domains);
  CathDomains() = default;

  /// Names of the labels, by label.
  const std::vector<std::string>& labels() const { return labels_; }

  /// The MD5 sums of the lines of the two files; empty if there are none.
  const std::vector<std::string>& md5() const { return md5_; }

  struct Domain {
    std::string chain_id;  // auth_asym_id, one character
    int label;
    std::vector<std::pair<int, int>> seq_ids;  // first and last label_seq_id of each segment
  };
  /// Domains with a label, in the order of the domain list. Where they overlap the first counts.
  const std::vector<Domain>& domains_of(const std::string& pdb_id) const;

 private:
  std::vector<std::string> labels_;
  std::vector<std::string> md5_;
  std::unordered_map<std::string, std::vector<Domain>> domains_;
};

/// The label of a residue, if it is in a labeled domain.
std::optional<int> cath_label(const std::vector<CathDomains::Domain>& domains,
                              const std::string& chain_id, int seq_id);

}  // namespace mmgym
