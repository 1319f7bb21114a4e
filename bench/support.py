"""What the benchmark scripts share: builds, private databases, servers, wrk, HTTP."""

import contextlib
import http.client
import json
import os
import pathlib
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BIN = ROOT / "build" / "release" / "bin"


def build(*targets):
    subprocess.run(["cmake", "--preset", "release"], cwd=ROOT, check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", ROOT / "build" / "release", "-j2", *targets], check=True,
                   stdout=subprocess.DEVNULL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"{process.args[0]} ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise SystemExit(f"{process.args[0]} does not listen")


class Postgres:
    """A private cluster on a unix socket, ended with the context; durable like the product's."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zicht-bench-pg-"))
        programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        user = []
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            user = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}",
                    "--clear-groups"]
        data = self.folder / "data"
        subprocess.run([*user, programs / "initdb", "-D", data, "-A", "trust", "-U", "zicht"],
                       check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.process = subprocess.Popen(
            [*user, programs / "postgres", "-D", data, "-k", self.folder, "-h", "",
             "-c", "shared_buffers=512MB"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        deadline = time.monotonic() + 30
        while not (self.folder / ".s.PGSQL.5432").exists():
            if time.monotonic() > deadline:
                raise SystemExit("PostgreSQL does not start")
            time.sleep(0.05)
        time.sleep(0.5)
        return self

    def make_database(self, name):
        subprocess.run(["psql", "-q", "-h", self.folder, "-U", "zicht", "postgres", "-c",
                        f"create database {name}"], check=True)
        return f"host={self.folder} user=zicht dbname={name}"

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Installation:
    """A data folder with packs active and demo accounts, on either driver."""

    def __init__(self, folder, postgres=None):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.conninfo = postgres
        config = [f"data = {self.folder}", "workers = 16", "io_threads = 2",
                  f"store = {'postgres' if postgres else 'sqlite'}"]
        if postgres:
            config.append(f"postgres = {postgres}")
        self.config = self.folder / "zicht.conf"
        self.config.write_text("\n".join(config) + "\n")
        self.run("init", "--organisation", "demo", "--name", "Demo")

    def run(self, *words):
        return subprocess.run([BIN / "zicht", *words, "--config", self.config], check=True,
                              capture_output=True, text=True).stdout

    @contextlib.contextmanager
    def serving(self):
        port = free_port()
        with open(self.folder / "server.log", "wb") as log:
            process = subprocess.Popen(
                [BIN / "zicht", "serve", "--config", self.config, "--port", str(port)],
                stdout=log, stderr=log)
            try:
                wait_for_port(port, process)
                yield Client(port, process)
            finally:
                process.terminate()
                process.wait()


class Client:
    def __init__(self, port, process):
        self.port, self.process = port, process
        self.url = f"http://127.0.0.1:{port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"Content-Type": "application/json", "Origin": self.url}

    def call(self, method, path, body=None, headers=None):
        text, answer = self.call_text(method, path, body, headers)
        return json.loads(text) if text else None, answer

    # The bytes of the answer, when the last of them is here.
    def call_text(self, method, path, body=None, headers=None):
        data = None if body is None else json.dumps(body)
        self.connection.request(method, path, data, {**self.headers, **(headers or {})})
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {text[:400]!r}")
        return text, answer

    def sign_in(self, login):
        document, answer = self.call("POST", "/v1/session",
                                     {"login": login, "password": f"zicht-demo-{login}"})
        self.headers["Cookie"] = answer.getheader("Set-Cookie").split(";")[0]
        self.headers["X-Csrf-Token"] = document["csrf_token"]

    def rss_mib(self):
        return self.memory_mib("VmRSS")

    # What the process keeps for itself: without the pages of files that are mapped, of which the
    # system keeps as many as it has room for.
    def own_mib(self):
        return self.memory_mib("RssAnon")

    def memory_mib(self, name):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(name + r":\s+(\d+)", status)[1]) / 1024


def processor_seconds(pid):
    """What the process has used until now, in user and kernel."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wrk(url, seconds, connections=64, script=None):
    """Requests a second and the 99th percentile in ms; fails on answers that are no success."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    if script:
        command += ["-s", script]
    text = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if wrong:
        raise SystemExit(f"{url}: {wrong[0]}")
    amount, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    scale = {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), float(amount) * scale


@contextlib.contextmanager
def maybe_postgres(kind):
    """A connection string for postgres, None for sqlite."""
    if kind != "postgres":
        yield None
        return
    with Postgres() as cluster:
        yield cluster.make_database("zicht_bench")


def lua_text(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def lua_headers(client):
    return ("{" + ", ".join(f"[{lua_text(k)}] = {lua_text(v)}" for k, v in client.headers.items())
            + "}")


POST_SCRIPT = """
local counter = 0
function request()
  counter = counter + 1
  local headers = %(headers)s
  headers["Idempotency-Key"] = "bench-%(run)s-" .. counter
  return wrk.format("POST", "/v1/records", headers, %(body)s)
end
"""


def post_script(client, folder, run, body):
    """For wrk: makes records with these fields, each with a key of its own."""
    path = pathlib.Path(folder) / f"post-{run}.lua"
    path.write_text(POST_SCRIPT % {"headers": lua_headers(client), "run": run,
                                   "body": lua_text(json.dumps(body))})
    return path


GET_SCRIPT = """
local ids = {%(ids)s}
local headers = %(headers)s
local counter = 0
function request()
  counter = counter %% #ids + 1
  return wrk.format("GET", "/v1/records/" .. ids[counter], headers)
end
"""


def get_script(client, folder, ids):
    """For wrk: reads these records one after the other, signed in."""
    path = pathlib.Path(folder) / "get.lua"
    path.write_text(GET_SCRIPT % {"headers": lua_headers(client),
                                  "ids": ", ".join(lua_text(each) for each in ids)})
    return path


def writer_counters(client):
    time.sleep(2)                       # the server looks once a second
    client.connection.close()           # it was idle, and the server ends what is idle
    client.connection.request("GET", "/metrics")
    text = client.connection.getresponse().read().decode()
    found = {}
    for line in text.splitlines():
        if line.startswith("zicht_writer_"):
            name, value = line.split()
            found[name] = float(value)
    return found


def group_size(before, after):
    """How many units the writer committed together between two looks at its counters."""
    units = after["zicht_writer_units"] - before["zicht_writer_units"]
    return max(1, round(units / (after["zicht_writer_groups"] - before["zicht_writer_groups"])))


def raw_rate(kind, installation, record, group):
    """What a program does that writes the rows of this record again and again, unsealed."""
    place = installation.conninfo or str(installation.folder / "store.sqlite")
    text = subprocess.run([BIN / "raw_writer", kind, place, record, "30000", str(group)],
                          check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(text)
