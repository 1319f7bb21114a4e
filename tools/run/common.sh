# Shared by the commands of ./run: speaking, and what this machine has.

say() { printf '%s\n' "run: $*" >&2; }

die() {
    say "$*"
    exit 1
}

preset=${PRESET:-dev}
jobs=${JOBS:-$(nproc)}
