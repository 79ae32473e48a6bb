#include "inputs/input_files.h"

#include <algorithm>
#include <fstream>

#include "base/errors.h"
#include "base/text.h"

namespace mmgym {
namespace {

namespace fs = std::filesystem;

bool is_mmcif_name(const std::string& file_name) {
  const std::string name = lower_case(file_name);
  return name.ends_with(".cif") || name.ends_with(".cif.gz") || name.ends_with(".cif.zst");
}

void add_folder(const fs::path& folder, std::vector<fs::path>& files) {
  std::vector<fs::path> found;
  for (const auto& entry :
       fs::recursive_directory_iterator(folder, fs::directory_options::follow_directory_symlink))
    if (!entry.is_directory() && is_mmcif_name(entry.path().filename().string()))
      found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  files.insert(files.end(), found.begin(), found.end());
}

void add_input(const std::string& input, std::vector<fs::path>& files);

void add_list(const std::string& list, std::vector<fs::path>& files) {
  std::ifstream file(list);
  if (!file) throw InputError(list + ": cannot open the list of inputs");
  std::string line;
  while (std::getline(file, line)) {
    line = trimmed(line);
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '@')
      throw InputError(list + ": contains another list, '" + line + "'; lists cannot be nested");
    add_input(line, files);
  }
}

void add_input(const std::string& input, std::vector<fs::path>& files) {
  if (input.starts_with('@')) {
    add_list(input.substr(1), files);
  } else if (fs::is_directory(input)) {
    add_folder(input, files);
  } else if (fs::exists(input)) {
    files.emplace_back(input);
  } else {
    throw InputError(input + ": no such file or folder");
  }
}

}  // namespace

std::vector<fs::path> input_files(const std::vector<std::string>& inputs) {
  std::vector<fs::path> files;
  for (const auto& input : inputs) add_input(input, files);
  if (files.empty())
    throw InputError("no *.cif, *.cif.gz or *.cif.zst files in the inputs: " + inputs.front() +
                     (inputs.size() > 1 ? ", ..." : ""));
  return files;
}

}  // namespace mmgym
