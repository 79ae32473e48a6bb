#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// Returns the names of the channels that ChannelMap makes from `groups`: each group ("S,SE", "*"),
/// and "ligand" for the ligand channel.
std::vector<std::string> channel_names(std::string_view groups, bool ligand_channel);

}  // namespace mmgym
