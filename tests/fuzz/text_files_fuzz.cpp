// Files of lines that flags name: clusters, lists, splits, CATH, curriculum. The first byte chooses
// the reader.

#include "base/errors.h"
#include "build/load_curriculum.h"
#include "census/cath.h"
#include "census/clusters.h"
#include "census/splits.h"
#include "fuzz_input.h"
#include "inputs/text_lines.h"

using namespace mmgym;

namespace {

void read_cath(std::string_view text) {
  const auto data = fuzz::folder() / "cath-classification-data";
  std::filesystem::create_directories(data);
  const std::size_t middle = std::min(text.find('\f'), text.size());
  fuzz::file_of(text.substr(0, middle), "cath-classification-data/cath-domain-list.txt");
  fuzz::file_of(text.substr(std::min(middle + 1, text.size())),
                "cath-classification-data/cath-domain-boundaries-seqreschopping.txt");
  const CathDomains domains(fuzz::folder(), 1);
  cath_label(domains.domains_of("1abc"), "A", 1);
}

void read_clusters(const std::filesystem::path& path) {
  const EntityGroups groups = read_cluster_file(path);
  Clusters clusters;
  clusters.add_entity(entity_name("1abc", "1"));
  join_groups(groups, clusters);
  fuzz::require(!clusters.name_of(clusters.cluster_of(entity_name("1abc", "1"))).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text = fuzz::text_of(bytes + 1, size - 1);
  try {
    switch (bytes[0] % 7) {
      case 0:
        read_clusters(fuzz::file_of(text));
        break;
      case 1:
        read_residue_codes(fuzz::file_of(text));
        break;
      case 2:
        read_pdb_ids(fuzz::file_of(text));
        break;
      case 3:
        connected_structures({{"1abc", 1}, {"2abc", 2}}, read_split_clusters(fuzz::file_of(text)));
        break;
      case 4:
        read_cath(text);
        break;
      case 5:
        read_curriculum(fuzz::file_of(text));
        break;
      default:
        parse_split_target(std::string(text));
    }
  } catch (const InputError&) {
  } catch (const UsageError&) {
  }
  return 0;
}
