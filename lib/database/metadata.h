#pragma once

#include <map>
#include <set>
#include <string>

#include "database/sqlite.h"

namespace mmgym {

/// The table metadata. Values are JSON texts.
using Metadata = std::map<std::string, std::string>;

Metadata read_metadata(Connection& connection);

/// Returns the differences, "zone_size_A is 10 there, 12 here; ...", empty if there are none.
/// `here_name` stands in place of "here".
std::string metadata_differences(const Metadata& there, const Metadata& here,
                                 const std::set<std::string>& ignored_keys,
                                 const std::string& here_name = "here");

}  // namespace mmgym
