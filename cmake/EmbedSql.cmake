# mmgym_embed_sql(TARGET): generates <sql.h>, which contains every file sql/NAME.sql as the string
# mmgym::sql::NAME. mmgym::sql::all lists them with their names.
function(mmgym_embed_sql target)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/sql/*.sql)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(header "#pragma once\n\n#include <utility>\n\nnamespace mmgym::sql {\n")
  set(list "")
  foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    string(APPEND header "inline constexpr const char* ${name} = R\"sql(${text})sql\";\n")
    string(APPEND list "    {\"${name}\", ${name}},\n")
  endforeach()
  string(APPEND header
    "inline constexpr std::pair<const char*, const char*> all[] = {\n${list}};\n")
  string(APPEND header "}  // namespace mmgym::sql\n")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/embedded/sql.h CONTENT "${header}" @ONLY)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded)
endfunction()
