#include "inputs/input_files.h"

#include <string_view>
#include <utility>

#include "base/errors.h"
#include "base/retries.h"
#include "base/text.h"
#include "inputs/text_lines.h"

namespace mmgym {
namespace {

namespace fs = std::filesystem;

bool is_mmcif_name(const std::string& file_name) {
  const std::string name = lower_case(file_name);
  for (const char* format : {".cif", ".bcif"})
    for (const char* compression : {"", ".gz", ".zst"})
      if (name.ends_with(std::string(format) + compression)) return true;
  return false;
}

class InputFiles {
 public:
  explicit InputFiles(const OnRemark& on_remark) : on_remark_(on_remark) {}

  void add(const std::string& input) {
    if (input.starts_with('@')) return add_list(input.substr(1));
    std::error_code error;
    fs::file_status status;
    with_retries([&] {
      status = fs::status(input, error);
      if (error && is_machine_failure(error.value()))
        throw_read_error(error.value(), input, "cannot be opened");
    });
    if (fs::is_directory(status)) {
      const auto found = search_folder(input, is_mmcif_name, on_remark_);
      files.insert(files.end(), found.begin(), found.end());
    } else if (fs::exists(status)) {
      files.emplace_back(input);
    } else if (!error || error == std::errc::no_such_file_or_directory) {
      throw InputError(input + ": no such file or folder");
    } else {
      throw InputError(input + ": cannot be opened: " + error.message());
    }
  }

  std::vector<fs::path> files;

 private:
  void add_list(const std::string& list) {
    for_each_line(list, [&](std::string_view text) {
      const std::string line(trimmed(text));
      if (line.empty() || line.front() == '#') return;
      if (line.front() == '@')
        throw InputError(list + ": contains another list, '" + line + "'; lists cannot be nested");
      add(line);
    });
  }

  const OnRemark& on_remark_;
};

}  // namespace

std::vector<fs::path> input_files(const std::vector<std::string>& inputs,
                                  const OnRemark& on_remark) {
  InputFiles found(on_remark);
  for (const auto& input : inputs) found.add(input);
  if (found.files.empty())
    throw InputError("no *.cif, *.cif.gz or *.cif.zst files in the inputs: " + inputs.front() +
                     (inputs.size() > 1 ? ", ..." : ""));
  return std::move(found.files);
}

}  // namespace mmgym
