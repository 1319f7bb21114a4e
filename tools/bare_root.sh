# A bare Debian 12 in a folder, for tools that try something on one. To be sourced; needs root and
# the package mmdebstrap, and expects $root and $fresh (yes or no).

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }

[ "$(id -u)" -eq 0 ] || { say "needs root"; exit 1; }
command -v mmdebstrap >/dev/null || { say "needs the Debian package mmdebstrap"; exit 1; }

# make_root <package,...>: uses the system that is there.
make_root() {
    [ "$fresh" = no ] || rm -rf --one-file-system "$root"
    [ ! -e "$root/.complete" ] || { say "using the system in $root"; return; }
    rm -rf --one-file-system "$root"
    local sources=/etc/apt/sources.list.d/debian.sources
    [ -f "$sources" ] || sources=/etc/apt/sources.list
    say "making Debian 12 in $root"
    mmdebstrap --quiet --variant=apt --include="$1" bookworm "$root" "$sources"
    touch "$root/.complete"
}

# The network of this machine: name servers, proxy settings of apt, extra certificate authorities.
copy_network() {
    cp --remove-destination -L /etc/resolv.conf "$root/etc/resolv.conf"
    local file
    for file in /etc/apt/apt.conf.d/*proxy*; do
        [ ! -f "$file" ] || cp "$file" "$root/etc/apt/apt.conf.d/"
    done
    if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
        cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/"
        chroot "$root" update-ca-certificates >/dev/null 2>&1
    fi
}

# inside <folder> <command...>: in that folder of the root, in a mount and process namespace of its
# own, so that nothing stays mounted or running afterwards; without standard input.
inside() {
    mkdir -p "$root/work/shared"
    # shellcheck disable=SC2016
    unshare --mount --pid --fork --kill-child bash -euc '
        root=$1; shared=$2; shift 2
        mount --make-rprivate /
        mount -t proc proc "$root/proc"
        mount --rbind /sys "$root/sys"
        mount --rbind /dev "$root/dev"
        mount -t tmpfs -o size=1g tmpfs "$root/dev/shm"
        [ ! -d "$shared" ] || mount --bind -o ro "$shared" "$root/work/shared"
        exec chroot "$root" env -i HOME=/root LANG=C.UTF-8 CI=true \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
            bash -euc "cd \"\$1\"; shift; exec \"\$@\"" bash "$@"
    ' bash "$root" "$(readlink -f ../shared || true)" "$@" </dev/null
}
