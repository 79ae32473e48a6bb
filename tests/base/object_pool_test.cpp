#include "base/object_pool.h"

#include "catch.h"

TEST_CASE("An object pool reuses returned objects, and makes no more than are in use") {
  int made = 0;
  mmgym::ObjectPool<int> pool([&made] { return std::make_unique<int>(++made); });
  const auto first = pool.get();
  for (int i = 0; i < 100; ++i) CHECK(*pool.get() == 2);
  auto second = pool.get();
  auto third = pool.get();
  CHECK(made == 3);
  second.reset();
  CHECK(*pool.get() == 2);
  std::shared_ptr<int> survivor;
  {
    mmgym::ObjectPool<int> gone;
    survivor = gone.get();
  }
  *survivor = 5;
}
