#include "structure/data_blocks.h"

#include <string>

#include "catch.h"

using mmgym::count_data_blocks;

TEST_CASE("Data blocks are counted wherever they begin") {
  CHECK(count_data_blocks("") == 0);
  CHECK(count_data_blocks("data_1ABC\n_entry.id 1ABC\n") == 1);
  CHECK(count_data_blocks("data_a data_b\tDATA_c\r\n Data_ _x y\nloop_\n_z\n1 2\ndata_d") == 5);
}

TEST_CASE("Text that looks like a data block is not counted") {
  CHECK(count_data_blocks("data_a\n# data_b\n_x 'it's data_c' \"data_d\" xdata_e _data_f\n") == 1);
  CHECK(count_data_blocks("data_a\n_x\n;data_b\ndata_c\n;\ndata_d") == 2);
  CHECK(count_data_blocks(";data_b\ndata_c") == 0);
  CHECK(count_data_blocks("_x 'not closed data_b\ndata_c") == 1);
  CHECK(count_data_blocks("data") == 0);
}
