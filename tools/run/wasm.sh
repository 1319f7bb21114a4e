# ./run wasm: the engine of rules as a module for the browser, web/src/lib/engine/engine.wasm.

wasm_sources=.cache/engine-sources
wasm_module=web/src/lib/engine/engine.wasm

# Debian's sources of the two libraries that the module is compiled with, of the versions that the
# server links: each in a folder of its own, which has the stamp `unpacked` once it is whole.
fetch_wasm_sources() {
    local package version folder wanted=()
    wasm_folders=()
    for package in intelrdfpmath:libintelrdfpmath-dev pugixml:libpugixml-dev; do
        version=$(dpkg-query -W -f='${source:Version}' "${package#*:}")
        folder=$PWD/$wasm_sources/${package%:*}_$version
        wasm_folders+=("$folder/source")
        [ -f "$folder/unpacked" ] || wanted+=("${package%:*}=$version")
    done
    [ "${#wanted[@]}" -gt 0 ] || return 0
    say "wasm: fetching Debian's sources: ${wanted[*]}"
    update_wasm_lists
    for package in "${wanted[@]}"; do fetch_wasm_source "${package%%=*}" "${package#*=}"; done
}

# Through apt, which checks the signatures, with lists of its own: nothing of the machine's set-up
# changes.
wasm_apt() {
    local at=$PWD/$wasm_sources
    (cd "$1" && apt-get -q -o Dir::Etc::SourceParts="$at/parts" \
        -o Dir::Etc::SourceList=/dev/null -o Dir::State::Lists="$at/lists" \
        -o Dir::Cache="$at/cache" -o APT::Sandbox::User=root "${@:2}")
}

update_wasm_lists() {
    mkdir -p "$wasm_sources/lists/partial" "$wasm_sources/parts" "$wasm_sources/cache"
    cat >"$wasm_sources/parts/source.sources" <<'SOURCES'
Types: deb-src
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb-src
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
    wasm_apt "$wasm_sources" update
}

# fetch_wasm_source <package> <version>: in place of what an interrupted fetch or another version
# left.
fetch_wasm_source() {
    local folder=$wasm_sources/$1_$2
    rm -rf "$wasm_sources/$1"[-_]*
    mkdir -p "$folder"
    wasm_apt "$folder" source --only-source "$1=$2"
    mv "$folder/$1"-*/ "$folder/source"
    touch "$folder/unpacked"
}

# The module stands there only when it is that of these sources: a web build without it works, as
# pages then ask the server; with an older one it would tell what the server does not.
run_wasm() {
    rm -f "$wasm_module"
    command -v emcc >/dev/null || die "emscripten is missing: ./run setup brings it"
    fetch_wasm_sources
    local log=build/wasm-configure.log
    mkdir -p build
    if ! emcmake cmake -S web/engine -B build/wasm -G Ninja -DCMAKE_BUILD_TYPE=None \
        -DZICHT_DECIMAL="${wasm_folders[0]}" -DZICHT_PUGIXML="${wasm_folders[1]}" \
        >"$log" 2>&1; then
        cat "$log" >&2
        die "configuring the module failed"
    fi
    ninja -C build/wasm -j "$jobs"
    cp build/wasm/engine.wasm build/wasm/engine.whole
    mv build/wasm/engine.whole "$wasm_module"
    local bytes zipped
    bytes=$(wc -c <"$wasm_module")
    zipped=$(gzip -9c "$wasm_module" | wc -c)
    say "wasm: $wasm_module, $((bytes / 1024)) KB, $((zipped / 1024)) KB compressed"
}
