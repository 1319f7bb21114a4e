# ./run fuzz [TARGET] [SECONDS]: parsers under random bytes (fuzz/targets.h).
#
# What a run finds worth keeping grows in build/fuzz/found/<target>, and the next run goes on from
# there. An input that ends a run is written to build/fuzz/broken/ and named.

fuzz_targets() { sed -n 's/^      {"\([a-z]*\)", .*/\1/p' fuzz/targets.cc; }

fuzz_one() {
    local target=$1 seconds=$2 found=build/fuzz/found/$1
    mkdir -p "$found" build/fuzz/broken
    say "fuzz: $target for $seconds s"
    "build/fuzz/bin/fuzz_$target" "$found" "fuzz/corpus/$target" \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=8192 \
        -artifact_prefix="build/fuzz/broken/$target-" -print_final_stats=1 \
        >"build/fuzz/$target.log" 2>&1 || {
        tail -n 40 "build/fuzz/$target.log" >&2
        say "fuzz: $target broke; see build/fuzz/broken and build/fuzz/$target.log"
        return 1
    }
    sed -n 's/^stat::number_of_executed_units: */  inputs: /p' "build/fuzz/$target.log"
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
