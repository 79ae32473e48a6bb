#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "inputs/search_folder.h"

namespace mmgym {

/// Returns the files of the inputs of build-db, in order. An input is a file, a folder or
/// "@list.txt". A folder is searched for *.cif, *.cif.gz and *.cif.zst files (search_folder). A
/// list contains one input per line; empty lines and lines that begin with '#' are skipped. Throws
/// InputError if an input does not exist or there are no files.
std::vector<std::filesystem::path> input_files(
    const std::vector<std::string>& inputs, const OnRemark& on_remark = [](const auto&) {});

}  // namespace mmgym
