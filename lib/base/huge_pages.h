#pragma once

#include <cstddef>

namespace mmgym {

inline constexpr std::size_t kHugePage = std::size_t{2} << 20;

/// Asks for huge pages in a part of the memory, where the system allows them: writing to many small
/// pages for the first time takes twice as long. Only advice: without them, the memory works as
/// well.
void advise_huge_pages(void* data, std::size_t bytes);

/// Reserves room for items in a vector or a string that will be filled at once.
template <typename Container>
void reserve_large(Container& container, std::size_t items) {
  container.reserve(items);
  advise_huge_pages(container.data(), container.capacity() * sizeof(container[0]));
}

}  // namespace mmgym
