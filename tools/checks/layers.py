"""The arrows between components: tools/layers.toml against #includes and CMake link lines."""

import dataclasses
import re
import tomllib

from checks import cpp
from checks.tree import Problem

TABLE = "tools/layers.toml"
SOURCES = (".h", ".cc")
# Needs no linking, or is linked for every test and bench by cmake/component.cmake.
NOT_LINKED = {"posix"}
TEST_LIBRARIES = {"doctest", "benchmark"}

IMPURE_HEADERS = {
    "chrono": None,  # durations are fine; the clocks are found by name below
    "condition_variable": "threads", "ctime": "a clock", "filesystem": "files",
    "fstream": "files", "future": "threads", "iostream": "global streams", "mutex": "threads",
    "random": "randomness (take an Rng)", "semaphore": "threads", "shared_mutex": "threads",
    "stop_token": "threads", "thread": "threads", "time.h": "a clock", "cstdio": "files",
    "stdio.h": "files", "latch": "threads", "barrier": "threads", "syncstream": "threads",
    "date/tz.h": "a time-zone database",
}
IMPURE_WORDS = re.compile(
    r"\b(?:(?:std::chrono::)?(?:system_clock|steady_clock|high_resolution_clock|utc_clock)"
    r"|std::(?:cout|cerr|clog|cin|random_device|getenv|thread|jthread)"
    r"|thread_local|clock_gettime|gettimeofday|getenv)\b")
MUTABLE_STATIC = re.compile(
    r"^\s*(?:inline\s+)?static\s+(?!const\b|constexpr\b|constinit\s+const\b)"
    r"[\w:<>,\s&*]+?\s[\w]+\s*(?:=|;|\{)")


@dataclasses.dataclass
class Component:
    name: str
    uses: list
    third_party: list
    pure: bool
    test_uses: list


def check(tree):
    """All problems of the tree."""
    if TABLE not in tree.names:
        return [Problem(TABLE, 0, "is missing: it lists the components and their arrows")]
    table = tomllib.loads(tree.text(TABLE))
    components = {
        name: Component(name, row["uses"], row["third_party"], row["pure"],
                        row.get("test_uses", []))
        for name, row in table["component"].items()}
    problems = check_table(components, table["third_party"])
    for name in sorted(_folders(tree)):
        if name not in components:
            problems.append(Problem(f"src/{name}", 0, f"is not a component of {TABLE}: add it "
                                                      "with its arrows or move its files"))
            continue
        problems += _check_component(tree, components[name], components, table["third_party"])
    return problems + _include_cycles(tree)


def check_table(components, third_party):
    problems = []
    for component in components.values():
        for other in component.uses + component.test_uses:
            if other not in components:
                problems.append(Problem(TABLE, 0, f"{component.name} uses {other}, which is not a "
                                                  "component"))
            elif component.pure and other in component.uses and _is_impure(components[other]):
                problems.append(Problem(TABLE, 0, f"{component.name} is pure but uses {other}, "
                                                  "which is not"))
        for library in component.third_party:
            if library not in third_party:
                problems.append(Problem(TABLE, 0, f"{component.name}: {library} is not in "
                                                  "[third_party]"))
    arrows = {c.name: [o for o in c.uses if o in components] for c in components.values()}
    problems += [Problem(TABLE, 0, f"cycle of components: {' -> '.join(cycle)}")
                 for cycle in find_cycles(arrows)]
    return problems


def _is_impure(component):
    """The component at the bottom, which uses no other, may serve pure ones."""
    return not component.pure and bool(component.uses)


def _folders(tree):
    return {n.split("/")[1] for n in tree.names if n.startswith("src/") and n.count("/") >= 2}


def _is_test(name):
    return name.endswith(("_test.cc", "_bench.cc")) or "/testing/" in name


def library_of(header, third_party):
    """The library whose prefix matches longest, or None."""
    best, best_length = None, 0
    for library, prefixes in third_party.items():
        for prefix in prefixes:
            stem = prefix.rstrip("/")
            fits = header == stem or header.startswith((stem + "/", stem + "."))
            if fits and len(prefix) > best_length:
                best, best_length = library, len(prefix)
    return best


def _check_component(tree, component, components, third_party):
    problems = []
    used, used_by_tests, libraries = set(), set(), set()
    for name in tree.matching(*SOURCES, under=f"src/{component.name}/"):
        test = _is_test(name)
        problems += _check_first(tree, name)
        for line, header, quoted in cpp.includes(tree.text(name)):
            where = (name, line)
            if quoted or header.split("/")[0] in components and f"src/{header}" in tree.names:
                problems += _check_own(tree, component, components, where, header, test)
                other = header.split("/")[0]
                if other in components and other != component.name:
                    (used_by_tests if test else used).add(other)
            else:
                library = library_of(header, third_party)
                problems += _check_foreign(component, where, header, library, test)
                if library and not test:
                    libraries.add(library)
        if component.pure and not test:
            problems += _check_pure(tree, name)
    return problems + _check_links(tree, component, used, used_by_tests, libraries)


def _check_first(tree, name):
    """A source begins with the header of its name: that is how the header compiles alone."""
    header = name.removesuffix(".cc") + ".h"
    if not name.endswith(".cc") or header not in tree.names:
        return []
    first = next(iter(cpp.includes(tree.text(name))), (1, "", False))
    if f"src/{first[1]}" == header:
        return []
    return [Problem(name, first[0], f'the first #include is that of "{header[4:]}", so that the '
                                    "header is compiled without others before it")]


def _check_own(tree, component, components, where, header, test):
    name, line = where
    parts = header.split("/")
    if f"src/{header}" not in tree.names and f"tests/{header}" not in tree.names:
        return [Problem(name, line, f'"{header}" is not a file under src/ (write the whole path '
                                    "from there; <> is for other people's headers)")]
    other = parts[0]
    if other not in components:
        return [] if test else [Problem(name, line, f'"{header}" is not in a component')]
    problems = []
    if "testing" in parts and not test:
        problems.append(Problem(name, line, f'"{header}" is for tests only'))
    if other == component.name:
        return problems
    if "internal" in parts:
        problems.append(Problem(name, line, f'"{header}" is internal to {other}'))
    allowed = component.uses + (component.test_uses if test else [])
    if other not in allowed:
        problems.append(Problem(name, line, f"{component.name} may not use {other} (allowed: "
                                            f"{', '.join(allowed) or 'nothing'})"))
    return problems


def _check_foreign(component, where, header, library, test):
    name, line = where
    if library is None:
        if "/" in header or (header.endswith(".h") and header not in _C_HEADERS):
            return [Problem(name, line, f"<{header}> belongs to no library of {TABLE}: add it to "
                                        "[third_party] and to the components that may use it")]
        return []
    if library in TEST_LIBRARIES:
        return [] if test else [Problem(name, line, f"<{header}> is for tests and benches only")]
    if test or library in component.third_party:
        return []
    return [Problem(name, line, f"{component.name} may not include <{header}> ({library}); "
                                f"allowed: {', '.join(component.third_party) or 'nothing'}")]


_C_HEADERS = {"assert.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h", "locale.h",
              "math.h", "setjmp.h", "stdarg.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h",
              "string.h", "time.h", "wchar.h"}


def _check_pure(tree, name):
    problems = []
    for line, header, _ in cpp.includes(tree.text(name)):
        if IMPURE_HEADERS.get(header):
            problems.append(Problem(name, line, f"a pure component may not include <{header}> "
                                                f"({IMPURE_HEADERS[header]})"))
    bare = cpp.blank_comments(tree.text(name)).splitlines()
    for number, text in enumerate(bare, 1):
        match = IMPURE_WORDS.search(text)
        if match:
            problems.append(Problem(name, number, f"a pure component may not use {match.group(0)}"
                                                  ": take it as a parameter"))
        if MUTABLE_STATIC.search(text):
            problems.append(Problem(name, number, "a pure component has no mutable static state"))
    return problems


def link_line(text):
    """The keyword arguments of zicht_component(...), or None where there is no call."""
    match = re.search(r"zicht_component\(([^)]*)\)", re.sub(r"#[^\n]*", "", text))
    if not match:
        return None
    result, key = {"NAME": []}, "NAME"
    for word in match.group(1).split():
        if word in ("DEPS", "THIRD_PARTY", "TEST_DEPS", "LABELS", "ALONE",
                    "TEST_HEADER"):
            key = word
            result.setdefault(key, [])
        else:
            result[key].append(word)
    return result


def _check_links(tree, component, used, used_by_tests, libraries):
    name = f"src/{component.name}/CMakeLists.txt"
    if name not in tree.names:
        return [Problem(name, 0, "is missing: without it nothing in the folder is built or "
                                 "tested; it holds one call of zicht_component()")]
    call = link_line(tree.text(name))
    if call is None or call["NAME"] != [component.name]:
        return [Problem(name, 0, f"must call zicht_component({component.name} ...)")]
    linked = set(call.get("DEPS", []))
    linked_by_tests = linked | set(call.get("TEST_DEPS", []))
    problems = [Problem(name, 0, f"links {o}, which {TABLE} does not allow")
                for o in linked - set(component.uses)]
    problems += [Problem(name, 0, f"links {o} for tests, which {TABLE} does not allow")
                 for o in linked_by_tests - set(component.uses) - set(component.test_uses)]
    problems += [Problem(name, 0, f"DEPS lacks {o}, which the sources include")
                 for o in (used & set(component.uses)) - linked]
    problems += [Problem(name, 0, f"TEST_DEPS lacks {o}, which the tests include")
                 for o in used_by_tests - linked_by_tests]
    problems += [Problem(name, 0, f"DEPS has {o}, which no source includes")
                 for o in linked - used]
    third_party = set(call.get("THIRD_PARTY", []))
    needed = libraries - NOT_LINKED - TEST_LIBRARIES
    problems += [Problem(name, 0, f"THIRD_PARTY lacks {o}, whose headers the sources include")
                 for o in (needed & set(component.third_party)) - third_party]
    problems += [Problem(name, 0, f"THIRD_PARTY has {o}, whose headers no source includes")
                 for o in third_party - libraries]
    return problems


def _include_cycles(tree):
    arrows = {}
    for name in tree.matching(*SOURCES, under="src/"):
        arrows[name] = [f"src/{h}" for _, h, quoted in cpp.includes(tree.text(name)) if quoted]
    return [Problem(cycle[0], 0, f"cycle of #includes: {' -> '.join(cycle)}")
            for cycle in find_cycles(arrows)]


def find_cycles(arrows):
    """One cycle per knot of the graph {node: [node]}, each starting at its smallest node."""
    state, stack, found = {}, [], set()

    def visit(node):
        state[node] = "open"
        stack.append(node)
        for other in sorted(arrows.get(node, [])):
            if state.get(other) == "open":
                ring = stack[stack.index(other):]
                first = ring.index(min(ring))
                found.add(tuple(ring[first:] + ring[:first] + [min(ring)]))
            elif other not in state:
                visit(other)
        stack.pop()
        state[node] = "done"

    for node in sorted(arrows):
        if node not in state:
            visit(node)
    return sorted(found)
