#include "inputs/input_files.h"

#include <iterator>
#include <string_view>
#include <utility>

#include "base/errors.h"
#include "base/retries.h"
#include "base/text.h"
#include "inputs/archive_members.h"
#include "inputs/text_lines.h"

namespace mmgym {
namespace {

namespace fs = std::filesystem;

bool is_mmcif_name(const std::string& file_name) {
  std::string name = lower_case(file_name);
  for (const std::string_view ending : {".gz", ".zst"})
    if (name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
      break;
    }
  return name.ends_with(".cif") || name.ends_with(".bcif");
}

bool is_archive_name(const std::string& file_name) {
  return lower_case(file_name).ends_with(".tar");
}

bool is_compressed_archive_name(const std::string& file_name) {
  const std::string name = lower_case(file_name);
  for (const std::string_view ending :
       {".tar.gz", ".tgz", ".tar.zst", ".tar.xz", ".txz", ".tar.bz2"})
    if (name.ends_with(ending)) return true;
  return false;
}

bool is_searched_name(const std::string& file_name) {
  return is_mmcif_name(file_name) || is_archive_name(file_name) ||
         is_compressed_archive_name(file_name);
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
      for (const auto& path : search_folder(input, is_searched_name, on_remark_)) {
        if (is_compressed_archive_name(path.filename().string()))
          on_remark_(path.string() + ": " + kCompressedArchive + "; skipped");
        else
          add_file(path);
      }
    } else if (fs::exists(status)) {
      if (is_compressed_archive_name(input)) throw InputError(input + ": " + kCompressedArchive);
      add_file(input);
    } else if (!error || error == std::errc::no_such_file_or_directory) {
      throw InputError(input + ": no such file or folder");
    } else {
      throw InputError(input + ": cannot be opened: " + error.message());
    }
  }

  std::vector<InputSource> files;

 private:
  void add_file(const fs::path& path) {
    if (!is_archive_name(path.filename().string())) {
      files.emplace_back(path);
      return;
    }
    auto members = archive_members(path, is_mmcif_name, on_remark_);
    files.insert(files.end(), std::make_move_iterator(members.begin()),
                 std::make_move_iterator(members.end()));
  }

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

std::vector<InputSource> input_files(const std::vector<std::string>& inputs,
                                     const OnRemark& on_remark) {
  InputFiles found(on_remark);
  for (const auto& input : inputs) found.add(input);
  if (found.files.empty())
    throw InputError("no *.cif or *.bcif files, nor *.gz or *.zst of these, in the inputs: " +
                     inputs.front() + (inputs.size() > 1 ? ", ..." : ""));
  return std::move(found.files);
}

}  // namespace mmgym
