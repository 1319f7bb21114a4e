# Warnings, sanitizers and the compiler cache, the same for every target.

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                    -Woverloaded-virtual -pipe)
# Optimised, g++ 12 sees overlapping copies in `"a" + text` that are not there (GCC PR 105651).
add_compile_options(-Wno-restrict)
if(ZICHT_WERROR)
  add_compile_options(-Werror)
endif()

if(ZICHT_SANITIZE)
  add_compile_options(-fsanitize=${ZICHT_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ZICHT_SANITIZE} -fno-sanitize-recover=all)
  # The instrumentation makes g++ 12 see uninitialised values that are not there.
  add_compile_options(-Wno-maybe-uninitialized)
  if(ZICHT_SANITIZE MATCHES "thread")
    # Asio has fences, which the thread sanitizer does not model; its locks are what it sees.
    add_compile_options(-Wno-tsan)
  endif()
endif()

# Worktrees of one repository share their cache: paths are hashed relative to the source root.
# Headers are compared by their bytes (CCACHE_DEPEND), not by what the preprocessor leaves of them:
# what was precompiled of a header with another comment would not be known as that header, and
# everything in it would be defined twice.
find_program(ZICHT_CCACHE ccache)
if(ZICHT_CCACHE)
  set(ccache_launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 CCACHE_SLOPPINESS=pch_defines,time_macros ${ZICHT_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${ccache_launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${ccache_launcher})
endif()
