#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mmgym {

/// The names of the channels that ChannelMap makes of such a text: its groups ("S,SE", "*"), and
/// "ligand" for the ligand channel.
std::vector<std::string> channel_names(std::string_view groups, bool ligand_channel);

}  // namespace mmgym
