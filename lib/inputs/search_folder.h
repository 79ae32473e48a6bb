#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace mmgym {

/// Called with a warning for the user: one line that begins with the path.
using OnRemark = std::function<void(const std::string&)>;

/// Returns the files in a folder and its subfolders whose name `is_wanted`, sorted by path. Follows
/// links, and searches each folder once, so that links in a circle have an end. What cannot be
/// searched, or is wanted but not a file (a pipe, a device), is left out with a remark; a file that
/// cannot be read is returned. Throws InputError if the folder itself cannot be read, and
/// MachineError if the machine fails several times (base/retries.h).
std::vector<std::filesystem::path> search_folder(
    const std::filesystem::path& folder, const std::function<bool(const std::string&)>& is_wanted,
    const OnRemark& on_remark);

}  // namespace mmgym
