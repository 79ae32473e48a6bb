#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mmgym {

/// The files that the inputs of build-db stand for, in the order given. A folder stands for all
/// *.cif, *.cif.gz and *.cif.zst files in it and in the folders below, sorted by path; "@list.txt"
/// for the inputs that the file names, one a line (empty lines and those that begin with '#' are
/// passed over). Throws InputError where an input does not exist, or where there are no
/// files at all.
std::vector<std::filesystem::path> input_files(const std::vector<std::string>& inputs);

}  // namespace mmgym
