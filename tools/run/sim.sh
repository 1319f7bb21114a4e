# ./run sim [SEED] and ./run sim --count N [--from SEED]: runs of a store on a disk that fails,
# each given by its seed (src/store/testing/simulation.h).

run_sim() {
    local count=1000 from=1
    while [ $# -gt 0 ]; do
        case $1 in
            --count) count=$2 && shift 2 ;;
            --from) from=$2 && shift 2 ;;
            *) from=$1 count=1 && shift ;;
        esac
    done
    local cases='durability: seeded runs*'
    [ "$count" -lt 1000 ] || cases="$cases,durability: a full or failing disk*"
    run_build store_test >&2
    ZICHT_SIM_SEED=$from ZICHT_SIM_COUNT=$count \
        "build/$preset/bin/store_test" --test-case="$cases"
}
