# ./run build, ./run fmt and ./run tidy.

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

run_fmt() {
    git ls-files '*.cc' '*.h' | xargs -r clang-format -i
}

# The sources under the given paths; without a path those that differ from main (on main itself:
# from the commit before). Tests are left out: their macros look complex.
sources_to_tidy() {
    local base
    if [ $# -gt 0 ]; then
        git ls-files -co --exclude-standard -- "$@"
    else
        base=$(git merge-base HEAD main 2>/dev/null || git rev-parse HEAD)
        [ "$base" != "$(git rev-parse HEAD)" ] ||
            base=$(git rev-parse HEAD~1 2>/dev/null || git rev-parse HEAD)
        git diff --name-only --diff-filter=d "$base"
        git ls-files -o --exclude-standard
    fi | grep '^src/.*\.cc$' | grep -v '_test\.cc$' | sort -u
}

# ./run tidy [--clang [path...]]: the habits; with --clang also clang-tidy on sources.
run_tidy() {
    local status=0 file
    tools/check_layers || status=1
    if [ "${1:-}" != --clang ]; then
        tools/tidy || status=1
        return "$status"
    fi
    shift
    configure
    tools/tidy --build "build/$preset" || status=1
    for file in $(sources_to_tidy "$@"); do
        say "clang-tidy $file"
        clang-tidy --quiet -p "build/$preset" "$file" 2>/dev/null || status=1
    done
    return "$status"
}
