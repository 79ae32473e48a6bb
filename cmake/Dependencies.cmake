# Every library that mmgym uses. Debian 12 and 13 have packages of all (see scripts/setup.sh).

find_package(Threads REQUIRED)
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

# Of gemmi we use headers alone, in every version: those of the CIF parser, which needs PEGTL. From
# 0.6 on there is a CMake config as well, but Debian 13's stops CMake unless the program gemmi, which
# we have no use for, is installed too.
find_path(GEMMI_INCLUDE_DIR gemmi/cif.hpp REQUIRED)
find_path(PEGTL_INCLUDE_DIR tao/pegtl.hpp REQUIRED)
file(STRINGS ${GEMMI_INCLUDE_DIR}/gemmi/version.hpp gemmi_version REGEX "define GEMMI_VERSION ")
string(REGEX MATCH "[0-9.]+" gemmi_version "${gemmi_version}")
if(gemmi_version VERSION_LESS 0.6 AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # It has a std::vector of an incomplete type, which C++20 forbids and GCC lets pass.
  message(FATAL_ERROR "The headers of gemmi ${gemmi_version} are C++20 to GCC alone: compile with g++, "
    "or give the folder of newer ones with -DGEMMI_INCLUDE_DIR=FOLDER")
endif()
add_library(mmgym_gemmi INTERFACE)
target_include_directories(mmgym_gemmi SYSTEM INTERFACE
  ${GEMMI_INCLUDE_DIR} ${PEGTL_INCLUDE_DIR})
