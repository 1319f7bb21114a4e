# Third-party libraries as targets third::<name>; all are Debian 12 packages (tools/packages.txt).
# Which component may use which one: tools/layers.toml.

find_package(Threads REQUIRED)

# zicht_third_party(<name> PACKAGE <debian package> [HEADER <file>] [LIBS <library>...]
#                   [DEFINES <macro>...])
function(zicht_third_party name)
  cmake_parse_arguments(arg "" "PACKAGE;HEADER" "LIBS;DEFINES" ${ARGN})
  add_library(third_${name} INTERFACE)
  add_library(third::${name} ALIAS third_${name})
  find_path(ZICHT_${name}_INCLUDE ${arg_HEADER} PATH_SUFFIXES postgresql)
  if(NOT ZICHT_${name}_INCLUDE)
    message(FATAL_ERROR "${arg_HEADER} is missing: run ./run setup "
                        "(or: apt-get install ${arg_PACKAGE})")
  endif()
  foreach(library ${arg_LIBS})
    find_library(ZICHT_${name}_${library}_LIBRARY ${library})
    if(NOT ZICHT_${name}_${library}_LIBRARY)
      message(FATAL_ERROR "lib${library} is missing: run ./run setup "
                          "(or: apt-get install ${arg_PACKAGE})")
    endif()
    target_link_libraries(third_${name} INTERFACE ${ZICHT_${name}_${library}_LIBRARY})
  endforeach()
  if(NOT ZICHT_${name}_INCLUDE STREQUAL "/usr/include")
    target_include_directories(third_${name} SYSTEM INTERFACE ${ZICHT_${name}_INCLUDE})
  endif()
  target_compile_definitions(third_${name} INTERFACE ${arg_DEFINES})
endfunction()

zicht_third_party(expected PACKAGE libexpected-dev HEADER tl/expected.hpp)
zicht_third_party(doctest PACKAGE doctest-dev HEADER doctest/doctest.h)
zicht_third_party(benchmark PACKAGE libbenchmark-dev HEADER benchmark/benchmark.h LIBS benchmark)
zicht_third_party(boost PACKAGE libboost1.81-dev HEADER boost/beast.hpp)
zicht_third_party(boost_json PACKAGE libboost-json1.81-dev HEADER boost/json.hpp LIBS boost_json)
zicht_third_party(sqlite3 PACKAGE libsqlite3-dev HEADER sqlite3.h LIBS sqlite3)
zicht_third_party(pq PACKAGE libpq-dev HEADER libpq-fe.h LIBS pq)
zicht_third_party(yaml_cpp PACKAGE libyaml-cpp-dev HEADER yaml-cpp/yaml.h LIBS yaml-cpp)
zicht_third_party(sodium PACKAGE libsodium-dev HEADER sodium.h LIBS sodium)
zicht_third_party(openssl PACKAGE libssl-dev HEADER openssl/ssl.h LIBS ssl crypto)
zicht_third_party(fmt PACKAGE libfmt-dev HEADER fmt/format.h LIBS fmt)
zicht_third_party(spdlog PACKAGE libspdlog-dev HEADER spdlog/spdlog.h LIBS spdlog fmt
                  DEFINES SPDLOG_SHARED_LIB SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL)
# Debian's library reads the tables of tzdata; a header that thinks otherwise has other structs.
zicht_third_party(date PACKAGE libhowardhinnant-date-dev HEADER date/tz.h LIBS date-tz
                  DEFINES USE_OS_TZDB=1 HAS_REMOTE_API=0)
zicht_third_party(xlsxwriter PACKAGE libxlsxwriter-dev HEADER xlsxwriter.h LIBS xlsxwriter)
zicht_third_party(curl PACKAGE libcurl4-openssl-dev HEADER curl/curl.h LIBS curl)
zicht_third_party(pugixml PACKAGE libpugixml-dev HEADER pugixml.hpp LIBS pugixml)
# Linear and integer programming: CLP solves, CBC branches.
zicht_third_party(cbc PACKAGE coinor-libcbc-dev HEADER coin/CbcModel.hpp
                  LIBS Cbc OsiClp Clp Osi Cgl CoinUtils)
zicht_third_party(csv PACKAGE libcsv-dev HEADER csv.h LIBS csv)
# XML as it comes, for the sheets of workbooks.
zicht_third_party(expat PACKAGE libexpat1-dev HEADER expat.h LIBS expat)
zicht_third_party(zlib PACKAGE zlib1g-dev HEADER zlib.h LIBS z)
zicht_third_party(magic PACKAGE libmagic-dev HEADER magic.h LIBS magic)
zicht_third_party(archive PACKAGE libarchive-dev HEADER archive.h LIBS archive)
zicht_third_party(icu PACKAGE libicu-dev HEADER unicode/unistr.h LIBS icui18n icuuc icudata)
# Built so that values, rounding and flags are passed, none of them global: "000".
zicht_third_party(intel_decimal PACKAGE libintelrdfpmath-dev HEADER bid_functions.h
                  LIBS bidgcc000
                  DEFINES DECIMAL_CALL_BY_REFERENCE=0 DECIMAL_GLOBAL_ROUNDING=0
                          DECIMAL_GLOBAL_EXCEPTION_FLAGS=0)

add_library(third_threads INTERFACE)
add_library(third::threads ALIAS third_threads)
target_link_libraries(third_threads INTERFACE Threads::Threads)
