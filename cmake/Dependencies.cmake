# All libraries that mmgym uses. Debian 12 and 13 have packages of them (see scripts/setup.sh).

find_package(Threads REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)  # MD5 of shards
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(hwy REQUIRED)
find_path(PCG_INCLUDE_DIR pcg_random.hpp REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
find_package(ZLIB REQUIRED)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(ARCHIVE REQUIRED IMPORTED_TARGET libarchive)  # reads tar
pkg_check_modules(CAIRO REQUIRED IMPORTED_TARGET cairo)  # pictures, with text, as PNG

# msgpack's C++ library is header-only; it uses Boost unless it is told not to.
find_path(MSGPACK_INCLUDE_DIR msgpack.hpp REQUIRED)
add_library(mmgym_msgpack INTERFACE)
target_include_directories(mmgym_msgpack SYSTEM INTERFACE ${MSGPACK_INCLUDE_DIR})
target_compile_definitions(mmgym_msgpack INTERFACE MSGPACK_NO_BOOST)

# gemmi 0.5.7 (Debian 12) is header-only, and its CIF parser needs PEGTL. Since 0.6 gemmi also has a
# library and may include PEGTL; set CMAKE_PREFIX_PATH or gemmi_DIR to its location. We search for files,
# not for gemmi's CMake config: Debian 13's config fails if the gemmi program, which we do not use, is
# not installed.
find_path(GEMMI_INCLUDE_DIR gemmi/cif.hpp HINTS ${gemmi_DIR}/../../../include REQUIRED)
find_path(PEGTL_INCLUDE_DIR tao/pegtl.hpp HINTS ${GEMMI_INCLUDE_DIR}/gemmi/third_party REQUIRED)
find_library(GEMMI_LIBRARY gemmi_cpp HINTS ${gemmi_DIR}/../.. ${GEMMI_INCLUDE_DIR}/../lib)
file(STRINGS ${GEMMI_INCLUDE_DIR}/gemmi/version.hpp gemmi_version REGEX "define GEMMI_VERSION ")
string(REGEX MATCH "[0-9.]+" gemmi_version "${gemmi_version}")
add_library(mmgym_gemmi INTERFACE)
target_include_directories(mmgym_gemmi SYSTEM INTERFACE ${GEMMI_INCLUDE_DIR} ${PEGTL_INCLUDE_DIR})
if(GEMMI_LIBRARY)
  target_link_libraries(mmgym_gemmi INTERFACE ${GEMMI_LIBRARY})
endif()

# mmgym_gemmi_sources(FILE...): declares that files include gemmi's headers. gemmi 0.5 has a
# std::vector of an incomplete type, which C++20 forbids and Clang rejects, so these files use C++17.
function(mmgym_gemmi_sources)
  if(gemmi_version VERSION_LESS 0.6)
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS -std=c++17)
  endif()
endfunction()
