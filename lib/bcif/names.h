#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace mmgym {

/// Finds names without regard to the case of ASCII letters, as CIF compares them.
class NameIndex {
 public:
  NameIndex() = default;
  /// The names must outlive the index. Throws Damage "NAME occurs twice".
  explicit NameIndex(const std::vector<std::string_view>& names);

  /// Returns the position of a name.
  std::optional<std::size_t> find(std::string_view name) const;

 private:
  struct Entry {
    std::string_view name;
    std::size_t position;
  };
  std::vector<Entry> entries_;
};

}  // namespace mmgym
