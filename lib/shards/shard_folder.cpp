#include "shards/shard_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "base/durable_file.h"
#include "shards/regular_file.h"
#include "shards/shard_index.h"

// The content of a folder over time. Each step is one rename or removal:
//
//     progress.jsonl                     the plan, before the first shard; a run that ends here
//                                        with an error removes it
//     progress.jsonl, shards             a shard counts once progress.jsonl lists it
//     progress.jsonl, shards, index.json
//     shards, index.json                 the end
//
// Each worker has its own progress file, progress-K-N.jsonl. The last worker writes index.json.
//
// Names that begin with a dot are unfinished files. The next process to open the folder removes
// them. It holds a lock, so they do not belong to a running process; a worker removes only those
// that no other worker makes.

namespace mmgym {
namespace {

/// The name of a shard in the folder; empty if there is none.
std::string any_shard(const std::filesystem::path& folder) {
  for (const auto& file : files_in(folder))
    if (is_shard_name(file.filename().string())) return file.filename().string();
  return "";
}

/// Whether a name is that of an unfinished file that only a worker of this share makes.
bool is_leftover(const std::string& name, const Share& share) {
  const std::string inner = name.size() > 5 ? name.substr(1, name.size() - 5) : "";
  if (name != temporary_name(inner)) return false;
  if (inner == progress_name_of(share)) return true;
  if (is_shard_name(inner)) return share.contains(shard_number(inner));
  return share.is_all() && (inner == index_name || is_progress_name(inner));
}

}  // namespace

ShardFolder::ShardFolder(const std::filesystem::path& folder, ShardPlan plan, const Share& share)
    : folder_(folder),
      plan_(std::move(plan)),
      share_(share),
      new_folder_(folder),
      lock_(folder_, share) {
  if (plan_.samples_per_shard == 0) throw std::invalid_argument("a shard needs samples");
  load();
  forget_damaged_shards();
  remove_leftovers();
  if (!indexed_) progress_file_.emplace(folder_, progress_, share_);
}

ShardFolder::~ShardFolder() {
  try {
    if (!progress_file_) return;
    bool has_shards = false;
    for (std::size_t shard = 0; shard < progress_.shards.size(); ++shard)
      has_shards = has_shards || (share_.contains(shard) && progress_.shards[shard]);
    if (has_shards || (share_.is_all() && !any_shard(folder_).empty())) return;
    progress_file_.reset();
    remove_durably(folder_ / progress_name_of(share_));
  } catch (const std::exception&) {
    // The file that is left only keeps runs with other parameters out of the folder.
  }
}

void ShardFolder::load() {
  if (const auto index = read_json(folder_ / index_name)) {
    load_index(*index);
    if (share_.is_all()) remove_progress();
    return;
  }
  const nlohmann::json description = as_read(describe(plan_));
  if (auto progress = read_progress(folder_, plan_)) {
    progress_ = std::move(*progress);
    progress_.description = description;
    return;
  }
  if (const std::string shard = any_shard(folder_); !shard.empty())
    throw ShardError(fmt::format(
        "{}: contains {} of unknown origin, but neither {} nor {}; choose another folder",
        folder_.string(), shard, index_name, progress_name));
  progress_.description = description;
  progress_.shards.resize(plan_.shard_count());
}

void ShardFolder::load_index(const nlohmann::json& index) {
  const std::string path = (folder_ / index_name).string();
  if (index.value("__kind__", nlohmann::json()) != "wids-shard-index-v1")
    throw ShardError(path + ": not an index of shards; choose another folder");
  require_same_plan(folder_, description_in(index), plan_);
  listed_ = shards_in(JsonField(index, path));
  if (listed_.size() != plan_.shard_count())
    throw ShardError(fmt::format("{} is damaged: it lists {} shards instead of {}", path,
                                 listed_.size(), plan_.shard_count()));
  for (std::uint64_t shard = 0; shard < listed_.size(); ++shard)
    if (listed_[shard].sample_count != plan_.samples_in(shard))
      throw ShardError(fmt::format("{}: shardlist[{}].nsamples is {} instead of {}", path, shard,
                                   listed_[shard].sample_count, plan_.samples_in(shard)));
  progress_.description = description_in(index);
  progress_.shards.assign(listed_.begin(), listed_.end());
  indexed_ = true;
}

void ShardFolder::forget_damaged_shards() {
  for (std::size_t shard = 0; shard < progress_.shards.size(); ++shard) {
    if (!progress_.shards[shard]) continue;
    std::error_code error;
    const auto size = std::filesystem::file_size(folder_ / shard_name(shard), error);
    if (error || size != progress_.shards[shard]->file_size) progress_.shards[shard].reset();
  }
}

void ShardFolder::remove_leftovers() const {
  for (const auto& file : files_in(folder_))
    if (is_leftover(file.filename().string(), share_)) remove_durably(file);
}

std::vector<std::uint64_t> ShardFolder::missing_shards() const {
  const std::lock_guard guard(mutex_);
  std::vector<std::uint64_t> missing;
  for (std::size_t shard = 0; shard < progress_.shards.size(); ++shard)
    if (share_.contains(shard) && !progress_.shards[shard]) missing.push_back(shard);
  return missing;
}

std::uint64_t ShardFolder::missing_of_all() const {
  const std::lock_guard guard(mutex_);
  return static_cast<std::uint64_t>(
      std::count(progress_.shards.begin(), progress_.shards.end(), std::nullopt));
}

ShardFolder::Range ShardFolder::positions(std::uint64_t shard) const {
  const std::uint64_t first = shard * plan_.samples_per_shard;
  return {first, first + plan_.samples_in(shard)};
}

ShardWriter ShardFolder::start_shard(std::uint64_t shard) const { return {folder_, shard}; }

void ShardFolder::finish_shard(ShardWriter writer) {
  const std::uint64_t shard = writer.shard();
  const auto [first, last] = positions(shard);
  if (writer.sample_count() != last - first)
    throw std::logic_error("a shard is finished without all its samples");
  ShardRecord record = writer.finish();

  if (indexed_ && record.md5 != listed_[shard].md5) {
    const std::filesystem::path path = folder_ / shard_name(shard);
    remove_durably(path);
    throw ShardError(
        fmt::format("{}: made again, the shard differs from {} (MD5 sum {} instead of {})",
                    path.string(), index_name, record.md5, listed_[shard].md5));
  }
  const std::lock_guard guard(mutex_);
  if (progress_file_) progress_file_->add(shard, record);
  progress_.shards[shard] = std::move(record);
}

bool ShardFolder::finish() {
  if (!missing_shards().empty()) throw std::logic_error("shards are missing");
  if (indexed_) return true;
  if (!share_.is_all()) {
    // Others may have finished since the folder was opened. What they write now is not complete.
    load();
    if (indexed_) return true;
    if (!lock_.become_only()) return false;
    load();
    forget_damaged_shards();
    if (indexed_) return true;
    if (missing_of_all() > 0) return false;
  }
  std::vector<ShardRecord> shards;
  for (const std::optional<ShardRecord>& shard : progress_.shards) shards.push_back(*shard);
  write_durably(folder_ / index_name, to_text(make_index(plan_, shards)));
  indexed_ = true;
  progress_file_.reset();
  remove_progress();
  return true;
}

void ShardFolder::remove_progress() const {
  for (const auto& file : progress_files(folder_)) remove_durably(file);
  for (const auto& file : files_in(folder_))
    if (is_worker_lock_name(file.filename().string())) remove_durably(file);
}

}  // namespace mmgym
