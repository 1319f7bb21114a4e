# ./run build, ./run fmt, and ./run test for the C++ part.

configure() {
    local log="build/$preset-configure.log"
    mkdir -p build
    if ! cmake --preset "$preset" >"$log" 2>&1; then
        cat "$log" >&2
        die "configuring failed"
    fi
}

run_build() {
    configure
    ninja -C "build/$preset" -j "$jobs" "$@"
}

run_test() {
    run_build
    ctest --test-dir "build/$preset" --output-on-failure -R "${1:-.}"
}

run_fmt() {
    git ls-files '*.cc' '*.h' | xargs -r clang-format -i
}
