#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "inputs/input_source.h"
#include "inputs/search_folder.h"

namespace mmgym {

/// Why an archive such as a .tar.gz is refused. The place of a member in it is unknown until all
/// before it is decompressed.
inline constexpr const char* kCompressedArchive =
    "is a compressed archive; decompress it to a .tar, in which members can be read one by one";

/// Returns the members of a tar archive whose file name `is_wanted`, in the order in which
/// search_folder() finds them when the archive is unpacked: sorted by name, and of members with the
/// same name the last, with a remark. Reads headers only: an archive of any size takes memory for
/// its list. Nothing is unpacked, so that a '/' at the begin of a name is harmless and left out.
///
/// What cannot be used is listed with the reason (InputSource::refused): wanted members that are
/// links, devices, sparse, or have a name with '..'; members without a name; and, under the path of
/// the archive, an archive that is no tar, is compressed, damaged or cut short. The members before
/// a damage are used, those after it are not: a search for them could find the members of archives
/// within this one. An archive without an end mark, as it is when it was cut between two members,
/// is a remark.
///
/// Throws MachineError if the machine fails several times (base/retries.h), and Stopped.
std::vector<InputSource> archive_members(const std::filesystem::path& path,
                                         const std::function<bool(const std::string&)>& is_wanted,
                                         const OnRemark& on_remark);

}  // namespace mmgym
