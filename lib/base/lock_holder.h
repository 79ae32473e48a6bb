#pragma once

#include <filesystem>
#include <string>

namespace mmgym {

/// For messages: "another mmgym (process 123)", where process 123 has a lock on the file or folder,
/// or "another process" if the system does not tell which.
std::string lock_holder(const std::filesystem::path& path);

}  // namespace mmgym
