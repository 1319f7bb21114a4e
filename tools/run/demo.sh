# ./run demo [--once] [--fresh] [--bare]: from a clone to a running server with the public facts and
# the invented example of demo/.
# ./run serve: the same server again, without set-up, build or loading.

demo_folder=.demo
demo_config=$demo_folder/zicht.conf
demo_port=${PORT:-8080}

# The command of the optimised build: what a person tries must feel as it will be.
demo_program=build/release/bin/zicht
zicht() { "$demo_program" "$@"; }

write_demo_config() {
    mkdir -p "$demo_folder"
    cat >"$demo_config" <<CONFIG
# Made by ./run demo; the demo accounts refuse any address but loopback.
data = $demo_folder/data
store = sqlite
address = 127.0.0.1
port = $demo_port
web = web/dist
CONFIG
}

# The engine for the browser, where that can be had; never an older one. By a process of its own, as
# bash would not stop at a failing line of a function before `||`.
build_demo_engine() {
    rm -f "$wasm_module"
    command -v emcc >/dev/null || return 0
    say "demo: building the engine for the browser"
    ./run wasm || say "demo: without the engine for the browser; pages ask the server"
}

build_demo() {
    preset=release
    say "demo: building the server"
    run_build zicht
    if [ -f web/package.json ]; then
        build_demo_engine
        say "demo: building the web interface"
        npm --prefix web run --silent build
    else
        mkdir -p web/dist
    fi
}

# Each step finds what is there already, so that a second run only adds what is new.
load_demo() {
    say "demo: opening the store in $demo_folder/data"
    zicht init --config "$demo_config"
    say "demo: activating the packs"
    zicht pack activate packs --config "$demo_config"
    say "demo: loading the facts"
    zicht facts load --config "$demo_config"
    say "demo: letting time pass up to today"
    zicht scheduler run --config "$demo_config"
    say "demo: one account for each role"
    zicht demo accounts --config "$demo_config"
}

# Succeeds once the server of process $1 says that it is ready; fails when it ends before. Waits a
# moment first: a server that cannot have its port ends at once, and the one that has it answers.
wait_until_ready() {
    local tries
    sleep 0.5
    for ((tries = 0; tries < 300; tries++)); do
        kill -0 "$1" 2>/dev/null || return 1
        curl -fsS "http://127.0.0.1:$demo_port/v1/health/ready" >/dev/null 2>&1 && return 0
        sleep 0.2
    done
    return 1
}

# What a visitor gets: readiness, the catalogue with forms in it, and the page.
look_at_demo() {
    local base="http://127.0.0.1:$demo_port"
    curl -fsS "$base/v1/health/ready" || return 1
    printf '\n'
    curl -fsS "$base/v1/catalogue" | grep -q '"forms"' || return 1
    if [ -f web/dist/index.html ]; then
        curl -fsS "$base/" | grep -qi '<!doctype html' || return 1
    fi
    say "demo: ready; the catalogue and the page answer"
}

# The invented example, by the demo accounts over the API; what is there is not made again.
play_demo() {
    say "demo: playing the invented example"
    node demo/play.mjs "http://127.0.0.1:$demo_port"
}

# Serves for as long as the commands given take, each by itself; fails when one does. What the
# server logs meanwhile is told then only.
serve_while() {
    local server status=1 act log=$demo_folder/serve.log
    # The program itself, no function around it: what is stopped below must be the server.
    "$demo_program" serve --config "$demo_config" >"$log" 2>&1 &
    server=$!
    if wait_until_ready "$server"; then
        status=0
        for act in "$@"; do "$act" || { status=1; break; }; done
    fi
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" || status=1
    [ "$status" -eq 0 ] || tail -n 20 "$log" >&2
    [ "$status" -eq 0 ] || die "the demo does not come up or does not answer as it should"
}

tell_demo() {
    say "demo: http://127.0.0.1:$demo_port; sign in as editor with zicht-demo-editor, and so on"
    [ "$1" = no ] || say "demo: what 'Verzonnen voorbeeld' keeps is invented: demo/README.md"
    [ "$1" = no ] || say "demo: without it: ./run demo --fresh --bare"
}

run_serve() {
    [ -f "$demo_config" ] && [ -x "$demo_program" ] ||
        die "there is no demo yet: ./run demo makes it"
    say "serving; stop with Ctrl-C"
    exec "$demo_program" serve --config "$demo_config"
}

run_demo() {
    local once=no example=yes acts=()
    while [ $# -gt 0 ]; do
        case $1 in
            --once) once=yes ;;
            --fresh) rm -rf "$demo_folder" ;;
            --bare) example=no ;;
            *) die "unknown option '$1': ./run demo [--once] [--fresh] [--bare]" ;;
        esac
        shift
    done
    run_setup
    use_node || true
    build_demo
    write_demo_config
    load_demo
    [ "$example" = no ] || acts+=(play_demo)
    [ "$once" = no ] || acts+=(look_at_demo)
    [ ${#acts[@]} -eq 0 ] || serve_while "${acts[@]}"
    tell_demo "$example"
    [ "$once" = yes ] || run_serve
}
