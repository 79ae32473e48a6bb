#pragma once

#include <string>
#include <vector>

#include "inputs/input_source.h"
#include "inputs/search_folder.h"

namespace mmgym {

/// Returns the files and members of archives that the inputs of build-db are, in order. An input is
/// a file, a folder, a tar archive (*.tar) or "@list.txt". A folder is searched for *.cif and
/// *.bcif files, also *.gz and *.zst of these, and for archives (search_folder). The members of an
/// archive are those with such names (archive_members); archives in archives are not searched. A
/// list contains one input per line; empty lines and lines that begin with '#' are skipped. Throws
/// InputError if an input does not exist or is a compressed archive, or if there are no files.
std::vector<InputSource> input_files(
    const std::vector<std::string>& inputs, const OnRemark& on_remark = [](const auto&) {});

}  // namespace mmgym
