# ./run bench [what]: measures. What there is: the programs in bench/ and, per component with
# *_bench.cc, its Google Benchmark program; without a name all of them, but for those in
# bench/by_hand, which take an hour.

bench_names() {
    find bench -maxdepth 1 -type f -perm -u+x -printf '%f\n'
    find src -name '*_bench.cc' | cut -d/ -f2
}

bench_names_by_hand() {
    find bench/by_hand -maxdepth 1 -type f -perm -u+x -printf '%f\n'
}

run_bench() {
    local name status=0 names by_hand
    mapfile -t names < <(bench_names | sort -u)
    mapfile -t by_hand < <(bench_names_by_hand | sort)
    if [ $# -gt 0 ]; then
        printf '%s\n' "${names[@]}" "${by_hand[@]}" | grep -qx -- "$1" ||
            die "no bench is called '$1'; there are: ${names[*]} ${by_hand[*]}"
        names=("$1")
    fi
    preset=release
    for name in "${names[@]}"; do
        printf '== %s\n' "$name"
        if [ -x "bench/$name" ]; then
            "bench/$name" || status=1
        elif [ -x "bench/by_hand/$name" ]; then
            "bench/by_hand/$name" || status=1
        else
            run_build "${name}_bench" >&2
            "build/release/bin/${name}_bench" || status=1
        fi
    done
    return "$status"
}
