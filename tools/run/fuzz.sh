# ./run fuzz [TARGET] [SECONDS]: parsers under random bytes (fuzz/targets.h).
#
# What a run finds worth keeping grows in build/fuzz/found/<target>, and the next run goes on from
# there. An input that ends a run is written to build/fuzz/broken/ and named.

fuzz_targets() { sed -n 's/^      {"\([a-z]*\)", .*/\1/p' fuzz/targets.cc; }

# Sets `spent` to the seconds of processor time that children of this shell have had, by a file of
# the target (a pipe would ask a shell without children).
fuzz_spent() {
    times >"build/fuzz/$1.times"
    spent=$(tail -n 1 "build/fuzz/$1.times" |
        awk '{ split($0, t, /[ms ]+/); print int(t[1] * 60 + t[2] + t[3] * 60 + t[4]) }')
}

# A machine that does other work gives less than its clock says: the target goes on until it had
# SECONDS of processor time.
fuzz_one() {
    local target=$1 seconds=$2 found=build/fuzz/found/$1 log=build/fuzz/$1.log
    local start spent inputs=0
    mkdir -p "$found" build/fuzz/broken
    say "fuzz: $target for $seconds s of processor time"
    fuzz_spent "$target" && start=$spent && spent=0
    while [ "$spent" -lt "$seconds" ]; do
        "build/fuzz/bin/fuzz_$target" "$found" "fuzz/corpus/$target" \
            -max_total_time=$((seconds - spent)) -timeout=30 -rss_limit_mb=4096 -max_len=8192 \
            -artifact_prefix="build/fuzz/broken/$target-" -print_final_stats=1 >"$log" 2>&1 || {
            tail -n 40 "$log" >&2
            say "fuzz: $target broke; see build/fuzz/broken and $log"
            return 1
        }
        inputs=$((inputs + $(sed -n 's/^stat::number_of_executed_units: *//p' "$log")))
        fuzz_spent "$target" && spent=$((spent - start))
    done
    echo "  $target: $inputs inputs in $spent s, without a finding"
}

run_fuzz() {
    local targets seconds=60 target status=0
    mapfile -t targets < <(fuzz_targets)
    if [ $# -gt 0 ] && [[ ! $1 =~ ^[0-9]+$ ]]; then targets=("$1") && shift; fi
    if [ $# -gt 0 ]; then seconds=$1; fi
    command -v clang++-16 >/dev/null || apt_install clang-16 libclang-rt-16-dev
    preset=fuzz
    run_build "${targets[@]/#/fuzz_}" >&2
    for target in "${targets[@]}"; do fuzz_one "$target" "$seconds" || status=1; done
    return "$status"
}
