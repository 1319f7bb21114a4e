# zicht_component(<name> [DEPS <component>...] [THIRD_PARTY <name>...] [TEST_DEPS <component>...]
#                 [LABELS <ctest label>...] [ALONE <file>...] [TEST_HEADER <header>])
#
# Turns src/<name>/ into:
#   zicht_<name>           library of all .cc but tests, benches, testing/ and main.cc
#   zicht_<name>_testing   library of testing/*.cc (fakes, oracles), for tests of any component
#   <name>_test            doctest executable of every *_test.cc, registered with ctest
#   <name>_bench           Google Benchmark executable of every *_bench.cc (built on request)
#   zicht                  the program, where the folder has a main.cc
#   link_<name>            links the whole archive against the declared arrows only
#   zicht_<name>_verify_interface_header_sets   every header compiles alone; one with a source
#                          of its name does so there, as its first line (tools/checks/layers.py)
#
# DEPS are the arrows; tools/check_layers compares them with tools/layers.toml and the #includes.
# TEST_DEPS are further components (with their testing/) that the tests alone use. Tests run with
# the source root as working directory. ALONE: sources that are not joined with
# others where the preset joins them (ZICHT_UNITY), since their local names would clash.
# TEST_HEADER: what most of its tests include, parsed once for all of them (as doctest is): a test
# that uses what it does not include still compiles, so headers and sources get none.

function(zicht_component name)
  cmake_parse_arguments(arg "" "TEST_HEADER" "DEPS;THIRD_PARTY;TEST_DEPS;LABELS;ALONE" ${ARGN})
  foreach(dep ${arg_DEPS})
    if(NOT TARGET zicht_${dep})
      message(FATAL_ERROR "${name} declares DEPS ${dep}, but src/${dep}/CMakeLists.txt is not "
                          "there or comes later in the order of /CMakeLists.txt")
    endif()
  endforeach()
  _zicht_glob()
  _zicht_library(zicht_${name} "${sources}" "${headers}")
  foreach(dep ${arg_DEPS})
    target_link_libraries(zicht_${name} ${visibility} zicht_${dep})
  endforeach()
  foreach(lib ${arg_THIRD_PARTY})
    target_link_libraries(zicht_${name} ${visibility} third::${lib})
  endforeach()
  if(ZICHT_UNITY)
    zicht_join(zicht_${name} ${CMAKE_CURRENT_SOURCE_DIR} "${arg_ALONE}" ${sources})
  endif()

  if(testing_sources OR testing_headers)
    _zicht_library(zicht_${name}_testing "${testing_sources}" "${testing_headers}")
    target_link_libraries(zicht_${name}_testing ${visibility} zicht_${name})
  endif()
  if(tests)
    zicht_test(${name} SOURCES ${tests} DEPS ${name} ${arg_TEST_DEPS} LABELS ${arg_LABELS})
    target_precompile_headers(${name}_test PRIVATE <doctest/doctest.h>)
    if(arg_TEST_HEADER)
      target_precompile_headers(${name}_test PRIVATE <${arg_TEST_HEADER}>)
    endif()
  endif()
  if(benches)
    add_executable(${name}_bench EXCLUDE_FROM_ALL ${benches})
    target_link_libraries(${name}_bench PRIVATE zicht_${name} third::benchmark)
    _zicht_link_testing(${name}_bench ${name} ${arg_TEST_DEPS})
  endif()
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/main.cc)
    add_executable(zicht main.cc)
    target_link_libraries(zicht PRIVATE zicht_${name})
  endif()
  if(sources)
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/link_main.cc
         CONTENT "int main() { return 0; }\n")
    add_executable(link_${name} EXCLUDE_FROM_ALL ${CMAKE_CURRENT_BINARY_DIR}/link_main.cc)
    target_link_libraries(link_${name} PRIVATE "$<LINK_LIBRARY:WHOLE_ARCHIVE,zicht_${name}>")
    if(NOT TARGET link_all)
      add_custom_target(link_all)
    endif()
    add_dependencies(link_all link_${name})
  endif()
endfunction()

# What ./run test builds: tests with the label `asan` (of code that reads what others wrote, or is
# pure) run with the sanitizers and need not run without them as well; the rest runs plainly.
add_custom_target(sanitized_tests)
add_custom_target(plain_tests)

# zicht_test(<name> SOURCES <file>... DEPS <component>... [LABELS <label>...]): the doctest
# executable <name>_test. For tests under tests/; those of a component come by themselves.
function(zicht_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(${name}_test ${arg_SOURCES})
  target_link_libraries(${name}_test PRIVATE zicht_test_main third::doctest)
  _zicht_link_testing(${name}_test ${arg_DEPS})
  add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
  if(asan IN_LIST arg_LABELS)
    add_dependencies(sanitized_tests ${name}_test)
  else()
    add_dependencies(plain_tests ${name}_test)
  endif()
endfunction()

# Sorts the files of the component's folder; sets variables in the caller's scope.
macro(_zicht_glob)
  set(root ${CMAKE_CURRENT_SOURCE_DIR})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${root}/*.cc)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${root}/*.h)
  set(tests ${sources})
  set(benches ${sources})
  set(testing_sources ${sources})
  set(testing_headers ${headers})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER benches INCLUDE REGEX "_bench\\.cc$")
  list(FILTER testing_sources INCLUDE REGEX "/testing/")
  list(FILTER testing_sources EXCLUDE REGEX "_(test|bench)\\.cc$")
  list(FILTER testing_headers INCLUDE REGEX "/testing/")
  list(FILTER sources EXCLUDE REGEX "(_test|_bench|/main)\\.cc$|/testing/")
  list(FILTER headers EXCLUDE REGEX "/testing/")
  _zicht_drop_with_source(headers)
  _zicht_drop_with_source(testing_headers)
endmacro()

# Takes from the list the headers that have a source of the same name beside them.
function(_zicht_drop_with_source list_name)
  set(left "")
  foreach(header ${${list_name}})
    string(REGEX REPLACE "\\.h$" ".cc" source ${header})
    if(NOT EXISTS ${source})
      list(APPEND left ${header})
    endif()
  endforeach()
  set(${list_name} "${left}" PARENT_SCOPE)
endfunction()

# Makes a static library (or an interface one where there are headers only) and sets
# `visibility` to the keyword that links its dependencies.
macro(_zicht_library target target_sources target_headers)
  if("${target_sources}" STREQUAL "")
    add_library(${target} INTERFACE)
    set(visibility INTERFACE)
  else()
    add_library(${target} STATIC ${target_sources})
    set(visibility PUBLIC)
  endif()
  target_include_directories(${target} ${visibility} ${CMAKE_SOURCE_DIR}/src)
  if(NOT "${target_headers}" STREQUAL "")
    target_sources(${target} ${visibility} FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/src
                   FILES ${target_headers})
  endif()
endmacro()

# Links components with their testing libraries; a testing library may be declared later.
function(_zicht_link_testing target)
  foreach(dep ${ARGN})
    target_link_libraries(${target} PRIVATE $<TARGET_NAME_IF_EXISTS:zicht_${dep}_testing>
                          zicht_${dep})
  endforeach()
endfunction()
