# zicht_join(<target> <folder> <alone> <source>...): joins sources of one component for the
# compiler, about eight together. Which ones hangs on the hash of their names alone, so that a new
# file may clash with those of its own group and moves no other. `folder`: of the component;
# `alone`: sources (from there) that are not joined, as their local names would clash.
function(zicht_join target folder alone)
  file(GLOB_RECURSE all ${folder}/*.cc)
  list(FILTER all EXCLUDE REGEX "(_test|_bench|/main)\\.cc$|/testing/")
  list(LENGTH all count)
  math(EXPR groups "${count} / 8 + 1")
  if(groups GREATER 4)
    set(groups 8)
  elseif(groups GREATER 1)
    set(groups 4)
  endif()
  get_filename_component(name ${folder} NAME)
  foreach(source ${ARGN})
    file(RELATIVE_PATH path ${folder} ${source})
    string(MD5 hash ${path})
    string(SUBSTRING ${hash} 0 4 digits)
    math(EXPR group "0x${digits} % ${groups}")
    if(NOT path IN_LIST alone)
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP joined_${name}_${group})
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # A joined file takes each of its sources for a header, where a local type in a class is a risk.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endfunction()
