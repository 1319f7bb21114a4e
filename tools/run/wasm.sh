# ./run wasm: the engine of rules as a module for the browser, web/src/lib/engine/engine.wasm.

wasm_sources=.cache/engine-sources
wasm_module=web/src/lib/engine/engine.wasm

# Debian's sources of the two libraries that the module is compiled with, of the versions that the
# server links. Through apt, which checks the signatures, with lists of its own: nothing of the
# machine's set-up changes.
fetch_wasm_sources() {
    local version wanted=()
    for package in intelrdfpmath:libintelrdfpmath-dev pugixml:libpugixml-dev; do
        version=$(dpkg-query -W -f='${Version}' "${package#*:}")
        [ -f "$wasm_sources/${package%%:*}_$version.dsc" ] || wanted+=("${package%%:*}=$version")
    done
    [ "${#wanted[@]}" -gt 0 ] || return 0
    say "wasm: fetching Debian's sources: ${wanted[*]}"
    mkdir -p "$wasm_sources/lists/partial" "$wasm_sources/parts" "$wasm_sources/cache"
    cat >"$wasm_sources/parts/source.sources" <<'SOURCES'
Types: deb-src
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
    (
        cd "$wasm_sources"
        local options=(-q -o Dir::Etc::SourceParts="$PWD/parts" -o Dir::Etc::SourceList=/dev/null
            -o Dir::State::Lists="$PWD/lists" -o Dir::Cache="$PWD/cache" -o APT::Sandbox::User=root)
        apt-get "${options[@]}" update
        apt-get "${options[@]}" source --only-source "${wanted[@]}"
    )
}

run_wasm() {
    command -v emcc >/dev/null || die "emscripten is missing: ./run setup brings it"
    fetch_wasm_sources
    local log=build/wasm-configure.log
    mkdir -p build
    if ! emcmake cmake -S web/engine -B build/wasm -G Ninja -DCMAKE_BUILD_TYPE=None \
        -DZICHT_SOURCES="$PWD/$wasm_sources" >"$log" 2>&1; then
        cat "$log" >&2
        die "configuring the module failed"
    fi
    ninja -C build/wasm -j "$jobs"
    cmp -s build/wasm/engine.wasm "$wasm_module" || cp build/wasm/engine.wasm "$wasm_module"
    local bytes zipped
    bytes=$(wc -c <"$wasm_module")
    zipped=$(gzip -9c "$wasm_module" | wc -c)
    say "wasm: $wasm_module, $((bytes / 1024)) KB, $((zipped / 1024)) KB compressed"
}
