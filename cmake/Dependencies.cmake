# Every library that mmgym uses. All of them are Debian 12 packages (see scripts/setup.sh).

find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)  # MD5 of shards
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(TBB REQUIRED)
find_package(hwy REQUIRED)
find_path(PCG_INCLUDE_DIR pcg_random.hpp REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)

# gemmi 0.5.7 (Debian 12) is headers alone, whose CIF parser needs PEGTL and zlib; from 0.6 on it
# is a library with a CMake config.
find_package(gemmi CONFIG QUIET)
if(gemmi_FOUND)
  add_library(mmgym_gemmi ALIAS gemmi::gemmi_cpp)
else()
  find_path(GEMMI_INCLUDE_DIR gemmi/cif.hpp REQUIRED)
  find_path(PEGTL_INCLUDE_DIR tao/pegtl.hpp REQUIRED)
  add_library(mmgym_gemmi INTERFACE)
  target_include_directories(mmgym_gemmi SYSTEM INTERFACE
    ${GEMMI_INCLUDE_DIR} ${PEGTL_INCLUDE_DIR})
  target_link_libraries(mmgym_gemmi INTERFACE ZLIB::ZLIB)
endif()
