# ./run test: every check in one run. One line per stage, then the closing line.

test_logs=build/test-logs
passed=0 failed=0 skipped=0

log_of() { printf '%s/%s.log' "$test_logs" "${1//[^a-zA-Z0-9]/-}"; }

# run_stage <name> <command...>: with its output in the log of that name; beside the log how it
# ended and in how many seconds. Call it plainly, for after || or && bash would not stop at a
# failing line of the command.
run_stage() {
    local log status=0 started=$SECONDS
    log=$(log_of "$1")
    shift
    rm -f "$log.end"
    set +e
    (set -e; "$@") >"$log" 2>&1 </dev/null
    status=$?
    set -e
    echo "$status $((SECONDS - started))" >"$log.end"
}

# tell_stage <name>: one line of what was run, which adds to the counts. A log that counts no test
# cases counts as one. Sets stage_failed to yes or no and returns 0.
tell_stage() {
    local name=$1 log status seconds
    log=$(log_of "$name")
    # Without an end it was killed.
    read -r status seconds < <(cat "$log.end" 2>/dev/null || echo 1 0)
    local p f s
    read -r p f s < <(tools/count_tests <"$log")
    if [ "$status" -eq 0 ] && [ $((p + f + s)) -eq 0 ]; then p=1; fi
    if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    local verdict=ok
    stage_failed=no
    if [ "$f" -gt 0 ]; then verdict=FAILED stage_failed=yes; fi
    printf '%-6s %5d s  %-28s %5d passed %3d failed %3d skipped\n' \
        "$verdict" "$seconds" "$name" "$p" "$f" "$s"
    if [ "$verdict" = FAILED ]; then show_log "$log"; fi
}

# Lines that say what failed: of doctest and ctest, node:test, vitest, unittest, the journeys,
# compilers and the checks of a build.
failing='^ *(FAIL(ED)?|ERROR)([ :]|$)|not ok |ERROR: |\*\*\*Failed| [×✗] |'
failing+=': (fatal )?error: |error TS|  error  '

# show_log <log>: the lines that say what failed, each with what follows it, and the end.
show_log() {
    local found
    # `|| true`: a log may name nothing; grep is cut off where it has much.
    found=$(grep -aE -A 6 "$failing" "$1" | head -n 100 || true)
    if [ -n "$found" ] && [ "$(wc -l <"$1")" -gt 60 ]; then
        printf '%s\n    ...\n' "$found" | cut -c 1-400 | sed 's/^/    | /'
    fi
    tail -n 60 "$1" | sed 's/^/    | /'
    printf '    | (the whole log: %s)\n' "$1"
}

stage() {
    run_stage "$@"
    tell_stage "$1"
}

# A stage without which the rest makes no sense.
first_stage() {
    stage "$@"
    [ "$stage_failed" = no ] || close_tests
}

# skip <name> <why>: a stage that cannot run here; counted, never silent.
skip() {
    skipped=$((skipped + 1))
    printf '%-6s %5d s  %-28s %s\n' skipped 0 "$1" "$2"
}

close_tests() {
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] || exit 1
    exit 0
}

test_checks() { (cd tools && python3 -B -m unittest discover -s checks/tests -t .); }

build_with() {
    preset=$1
    shift
    run_build "$@"
}

# Each unit test runs once: with the sanitizers where its label says so (cmake/component.cmake).
test_plain() { ctest --test-dir build/dev -V -LE asan -j "$jobs" --no-tests=error; }
test_sanitized() { ctest --test-dir build/asan -V -L asan -j "$jobs" --no-tests=error; }

test_packs() {
    local pack
    for pack in packs/*/; do
        printf '== %s\n' "$pack"
        build/dev/bin/zicht pack check "$pack"
        build/dev/bin/zicht pack test "$pack"
    done
}

web() { npm --prefix web run --silent "$@"; }

test_all() {
    mkdir -p "$test_logs"
    first_stage "set-up" run_setup
    use_node || true
    stage "layers" tools/check_layers
    stage "checks of the checks" test_checks
    first_stage "build (dev)" build_with dev zicht plain_tests
    stage "tidy" tools/tidy --build build/dev
    stage "link tests" build_with dev link_all
    stage "headers alone" build_with dev all_verify_interface_header_sets
    stage "unit tests" test_plain
    stage "build (asan, ubsan)" build_with asan sanitized_tests
    stage "unit tests (asan, ubsan)" test_sanitized
    if [ -d packs ]; then stage "packs" test_packs; fi
    stage "engine for the browser" run_wasm
    test_web
    test_scripts
    test_journeys
    close_tests
}

test_web() {
    [ -f web/package.json ] || return 0
    stage "web: lint" web lint
    stage "web: types" web types
    stage "web: tests" web test
    stage "web: build" web build
    stage "web: size" web size
}

# Tests in JavaScript beside the engine, each in a folder tests/<name> with `npm test`; several at a
# time, since each waits much for programs that it starts.
test_scripts() {
    local folder name names=()
    for folder in tests/*/; do
        compgen -G "$folder*.test.mjs" >/dev/null || continue
        name=$(basename "$folder")
        if [ "$name" = api ] && [ ! -f ../shared/data/adr/linter.yaml ]; then
            skip "tests/$name" "../shared/data/adr/linter.yaml is absent"
            continue
        fi
        while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n || true; done
        run_stage "tests/$name" npm --prefix "$folder" test --silent &
        names+=("tests/$name")
    done
    wait
    for name in "${names[@]}"; do tell_stage "$name"; done
}

test_journeys() {
    [ -f web/tests/e2e/run.mjs ] || return 0
    stage "journeys (Chromium)" web e2e
}

# ./run test <pattern>: the unit tests of that component, or the cases whose name has the pattern.
test_some() {
    local pattern=$1
    preset=dev
    configure
    if ctest --test-dir build/dev -N -R "^$pattern\$" | grep -q 'Test *#'; then
        run_build "${pattern}_test"
        "build/dev/bin/${pattern}_test"
        return
    fi
    run_build
    local program status=0
    for program in build/dev/bin/*_test; do
        "$program" --test-case="*$pattern*" || status=1
    done
    return "$status"
}

run_test() {
    if [ $# -gt 0 ]; then test_some "$1"; else test_all; fi
}

# ./run e2e: the journeys alone, on what is built.
run_e2e() {
    use_node || die "node is missing: ./run setup brings it"
    run_wasm
    run_build zicht
    web build
    web e2e "$@"
}
