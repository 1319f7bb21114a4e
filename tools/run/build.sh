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

# Files that differ from main (or from the commit before, on main itself), with new ones.
changed_sources() {
    local base
    base=$(git merge-base HEAD main 2>/dev/null || git rev-parse HEAD)
    [ "$base" != "$(git rev-parse HEAD)" ] || base=$(git rev-parse HEAD~1 2>/dev/null || echo HEAD)
    { git diff --name-only --diff-filter=d "$base"; git ls-files -o --exclude-standard; } |
        grep '\.cc$' | sort -u
}

# ./run tidy [--clang]: the habits; with --clang also clang-tidy on the changed sources.
run_tidy() {
    local status=0 file
    tools/check_layers || status=1
    if [ "${1:-}" != --clang ]; then
        tools/tidy || status=1
        return "$status"
    fi
    configure
    tools/tidy --build "build/$preset" || status=1
    for file in $(changed_sources); do
        say "clang-tidy $file"
        clang-tidy --quiet -p "build/$preset" "$file" 2>/dev/null || status=1
    done
    return "$status"
}
