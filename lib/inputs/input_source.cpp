#include "inputs/input_source.h"

#include <utility>

namespace mmgym {

InputArchive::InputArchive(std::filesystem::path path, const struct stat& status)
    : path_(std::move(path)),
      device_(status.st_dev),
      inode_(status.st_ino),
      size_(status.st_size),
      written_(status.st_mtim) {}

void InputArchive::check_unchanged(const struct stat& status) const {
  if (status.st_dev != device_ || status.st_ino != inode_ || status.st_size != size_ ||
      status.st_mtim.tv_sec != written_.tv_sec || status.st_mtim.tv_nsec != written_.tv_nsec)
    throw ArchiveChanged(path_.string() +
                         ": has changed since its members were listed; run the same command again");
}

InputSource::InputSource(const std::filesystem::path& file) : name_(file.string()) {}

InputSource::InputSource(std::shared_ptr<const InputArchive> archive, std::string name, Place place)
    : archive_(std::move(archive)), name_(std::move(name)), place_(place) {}

InputSource InputSource::refused(const std::string& reason) const {
  InputSource source = *this;
  source.reason_ = std::make_shared<const std::string>(reason);
  return source;
}

std::string InputSource::name() const {
  return archive_ ? archive_->path().string() + "/" + name_ : name_;
}

std::string InputSource::file_name() const {
  return std::filesystem::path(name_).filename().string();
}

}  // namespace mmgym
