# Independent Python packages read the shards.
if(EXISTS /usr/bin/python3)
  # Debian's Python, which has Debian's NumPy, even if another one comes first in PATH.
  set(Python3_EXECUTABLE /usr/bin/python3)
endif()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

add_executable(mmgym_write_example shards/programs/write_example.cpp)
target_link_libraries(mmgym_write_example PRIVATE mmgym_shards)

add_test(NAME "shards: NumPy and tarfile read what was written"
  COMMAND Python3::Interpreter ${CMAKE_CURRENT_SOURCE_DIR}/shards/read_back.py
    $<TARGET_FILE:mmgym_write_example>)
add_test(NAME "shards: WebDataset and WIDS read what was written"
  COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/support/python_env.sh
    ${Python3_EXECUTABLE} ${PROJECT_BINARY_DIR}/python-env
    ${CMAKE_CURRENT_SOURCE_DIR}/shards/read_webdataset.py $<TARGET_FILE:mmgym_write_example>)
set_tests_properties("shards: NumPy and tarfile read what was written"
  "shards: WebDataset and WIDS read what was written" PROPERTIES LABELS python)
set_tests_properties("shards: WebDataset and WIDS read what was written"
  PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 600)
