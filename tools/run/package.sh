# ./run deb: the Debian package, in build/zicht_<version>_<architecture>.deb.

run_deb() {
    preset=release
    use_node || die "node is missing: ./run setup brings it"
    run_wasm
    # What is packed is as old as what it was made from, so that making it again gives the same.
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
    export SOURCE_DATE_EPOCH
    npm --prefix web run --silent build
    run_build zicht package_texts
    if ! (cd build/release && cpack -G DEB) >build/package.log 2>&1; then
        cat build/package.log >&2
        die "packing failed"
    fi
    sed -n 's/^CPack: - package: \(.*\) generated\./\1/p' build/package.log
}
