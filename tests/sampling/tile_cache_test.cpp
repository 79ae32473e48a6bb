#include "sampling/tile_cache.h"

#include <atomic>
#include <thread>

#include "catch.h"

using mmgym::AtomTile;
using mmgym::AtomTilePtr;
using mmgym::TileCache;
using mmgym::TileKey;

namespace {

/// Returns a tile with a number that identifies it and this many atoms.
AtomTilePtr tile_of(int number, std::size_t atoms = 100) {
  auto tile = std::make_shared<AtomTile>();
  tile->atoms.x_A.assign(atoms, number);
  tile->channels.assign(atoms, 1);
  return tile;
}

TileKey key(int number) {
  return {number / 1000, {number % 10, -(number / 10 % 10), number / 100}};
}

}  // namespace

TEST_CASE("A tile cache that is large enough returns all inserted tiles") {
  TileCache cache(std::size_t{1} << 26);
  for (int i = 0; i < 3000; ++i) {
    REQUIRE_FALSE(cache.find(key(i)));
    cache.insert(key(i), i % 3 == 0 ? nullptr : tile_of(i));
  }
  for (int i = 0; i < 3000; ++i) {
    const auto found = cache.find(key(i));
    REQUIRE(found);
    REQUIRE((*found == nullptr) == (i % 3 == 0));
    if (*found != nullptr) REQUIRE((*found)->atoms.x_A[0] == i);
  }
}

TEST_CASE("A tile cache keeps its limit and the tiles that are used") {
  constexpr std::size_t kCapacity = std::size_t{1} << 20;
  TileCache cache(kCapacity);
  std::vector<std::weak_ptr<const AtomTile>> tiles;
  for (int i = 0; i < 5000; ++i) {
    const auto tile = tile_of(i);
    tiles.push_back(tile);
    cache.insert(key(i), tile);
    REQUIRE(cache.find(key(0)));  // always in use
  }
  std::size_t kept = 0;
  for (const auto& tile : tiles) kept += tile.expired() ? 0 : 1;
  CHECK(kept * tile_of(0)->bytes() <= kCapacity);
  CHECK(kept * tile_of(0)->bytes() > kCapacity / 2);
  CHECK(cache.find(key(4999)));
  CHECK_FALSE(cache.find(key(1)));
}

TEST_CASE("A tile cache of size 0 keeps one tile per part, and removed tiles stay valid") {
  TileCache cache(0);
  std::vector<std::weak_ptr<const AtomTile>> tiles;
  AtomTilePtr held;
  for (int i = 0; i < 500; ++i) {
    const auto tile = tile_of(i);
    tiles.push_back(tile);
    cache.insert(key(i), tile);
    const auto found = cache.find(key(i));
    REQUIRE(found);
    CHECK(*found == tile);
    if (i == 0) held = *found;
  }
  CHECK_FALSE(cache.find(key(0)));
  CHECK(held->atoms.x_A[0] == 0);
  CHECK(held.use_count() == 1);
  std::size_t kept = 0;
  for (const auto& tile : tiles) kept += tile.expired() || tile.lock() == held ? 0 : 1;
  CHECK(kept <= 32);  // the parts of the cache
}

TEST_CASE("Threads may use a tile cache at the same time") {
  TileCache cache(std::size_t{1} << 17);
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&cache, &wrong, t] {
      for (int i = 0; i < 20000; ++i) {
        const int number = (i * 7 + t * 31) % 300;
        const auto found = cache.find(key(number));
        if (found && (*found)->atoms.x_A[0] != number) ++wrong;
        if (!found) cache.insert(key(number), tile_of(number));
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
}
