#include "census/common_additives.h"

namespace mmgym {

const std::vector<std::string>& common_additives() {
  static const std::vector<std::string> kCodes = {
      "PEG", "PGE", "PG4", "1PE", "P6G", "PE4", "2PE",  // polyethylene glycols
      "MPD", "MRD", "IPA",                              // methylpentanediol, 2-propanol
      "SO4", "PO4", "CL",  "NH4", "NA",  "K",           // ions of its salts
      "ACT", "ACY", "FMT", "CIT", "FLC", "TLA", "TAR",  // acetate, formate, citrate, tartrate
      "TRS", "EPE", "CAC", "IMD",                       // Tris, HEPES, cacodylate, imidazole
      "GOL", "EDO"};                                    // glycerol, ethylene glycol
  return kCodes;
}

}  // namespace mmgym
