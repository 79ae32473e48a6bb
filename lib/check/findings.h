#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "database/sqlite.h"

namespace mmgym {

/// What is wrong with a database, one line each. Lists at most kMostPerKind lines of a kind, and
/// counts the others.
class Findings {
 public:
  static constexpr std::size_t kMostPerKind = 20;

  /// Lines need not name the database, and errors do.
  explicit Findings(const std::filesystem::path& database) : database_(database.string()) {}

  /// Begins a new kind.
  void begin_kind() {
    end_kind();
    in_kind_ = 0;
  }
  void add(std::string line) {
    ++count_;
    for (const std::string& start : {database_ + " is damaged: ", database_ + ": "})
      if (line.starts_with(start)) line.erase(0, start.size());
    if (++in_kind_ <= kMostPerKind) lines_.push_back(std::move(line));
  }
  std::size_t count() const { return count_; }
  std::vector<std::string> take() {
    end_kind();
    in_kind_ = 0;
    return std::move(lines_);
  }

 private:
  void end_kind() {
    if (in_kind_ > kMostPerKind)
      lines_.push_back("... and " + std::to_string(in_kind_ - kMostPerKind) + " more like these");
  }

  std::string database_;
  std::vector<std::string> lines_;
  std::size_t in_kind_ = 0;
  std::size_t count_ = 0;
};

/// Runs a check. An error of the database is a finding, and the next check goes on.
template <typename Work>
void run_check(Findings& findings, Work work) {
  findings.begin_kind();
  try {
    work();
  } catch (const DatabaseInUse&) {
    throw;
  } catch (const DatabaseError& error) {
    findings.add(error.what());
  }
}

}  // namespace mmgym
