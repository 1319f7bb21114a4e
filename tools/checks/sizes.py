"""What is counted and may not grow: sizes with their hard limits (soft ones are for reviewers),
error ids without a test; and the ratchet of exceptions."""

import re
import subprocess

from checks import cpp, ids
from checks.tree import Problem

EXCEPTIONS = "tools/tidy_exceptions.txt"
LINE_WIDTH = 100
FUNCTION_LINES = 70
WIDE_SUFFIXES = (".cc", ".h", ".inc", ".py", ".ts", ".tsx", ".cmake", ".sh", "CMakeLists.txt",
                 "run")


def file_limit(name):
    """(rule, most lines) for the file, or None."""
    if name.endswith((".test.ts", ".test.tsx", "_test.cc")):
        return "test-length", 1000
    if name.endswith(".h"):
        return "header-length", 400
    if name.endswith(".cc"):
        return "source-length", 800
    if name.endswith((".ts", ".tsx")) and not name.endswith(".gen.ts"):
        return "component-length", 300
    if re.fullmatch(r"packs/[^/]+/rules/.*\.yaml", name):
        return "rule-length", 120
    return None


def check(tree):
    """Problems of size that the exceptions do not cover, and of the exceptions themselves."""
    measured = list(measure(tree))
    exceptions, problems = read_exceptions(tree)
    for path, line, rule, value, limit, advice in measured:
        allowed = exceptions.get((path, rule), (limit, 0))[0]
        if value > allowed:
            problems.append(Problem(path, line, f"{rule} {value} is over {allowed}: {advice}"))
    largest = {}
    for path, _, rule, value, _, _ in measured:
        largest[path, rule] = max(value, largest.get((path, rule), 0))
    for (path, rule), (allowed, line) in exceptions.items():
        actual = largest.get((path, rule), 0)
        if actual < allowed:
            action = f"lower it to {actual}" if actual else "remove the line"
            problems.append(Problem(EXCEPTIONS, line, f"{path} {rule} is below {allowed} now: "
                                                      f"{action}"))
    return problems


def measure(tree):
    """(path, line, rule, value, limit, advice) of everything over its hard limit."""
    for name, untested in ids.untested(tree).items():
        yield name, 0, "untested-ids", len(untested), 0, f"provoke {', '.join(untested)} in a test"
    for row in _measure_sizes(tree):
        yield *row, "split it"


def _measure_sizes(tree):
    for name in tree.names:
        limit = file_limit(name)
        if limit and len(tree.lines(name)) > limit[1]:
            yield name, 0, limit[0], len(tree.lines(name)), limit[1]
        if name.endswith(WIDE_SUFFIXES):
            for number, text in enumerate(tree.lines(name), 1):
                if len(text) > LINE_WIDTH and "://" not in text:
                    yield name, number, "line-width", len(text), LINE_WIDTH
        if name.endswith((".cc", ".h")):
            for first, last, _ in cpp.functions(tree.text(name)):
                if last - first + 1 > FUNCTION_LINES:
                    yield name, first, "function-length", last - first + 1, FUNCTION_LINES


def read_exceptions(tree):
    """{(path, rule): (allowed, line)} and the problems of the file's form."""
    exceptions, problems = {}, []
    if EXCEPTIONS not in tree.names:
        return exceptions, problems
    for number, text in enumerate(tree.lines(EXCEPTIONS), 1):
        if not text.strip() or text.startswith("#"):
            continue
        match = re.fullmatch(r"(\S+) ([a-z-]+) (\d+)", text)
        if match:
            exceptions[match.group(1), match.group(2)] = (int(match.group(3)), number)
        else:
            problems.append(Problem(EXCEPTIONS, number, "must be: path rule number"))
    return exceptions, problems


def check_ratchet(versions):
    """Problems of a history of the exceptions file, given as parsed versions, oldest first."""
    problems = []
    for before, after in zip(versions, versions[1:]):
        for key, (allowed, line) in after.items():
            if key not in before:
                problems.append(Problem(EXCEPTIONS, line, f"{key[0]} {key[1]} was added: the file "
                                                          "only shrinks; split the code"))
            elif allowed > before[key][0]:
                problems.append(Problem(EXCEPTIONS, line, f"{key[0]} {key[1]} grew from "
                                                          f"{before[key][0]} to {allowed}"))
    return problems


def check_history(tree):
    """The ratchet over the commits that touched the file and over the working tree."""
    if EXCEPTIONS not in tree.names or not (tree.root / ".git").exists():
        return []

    def git(*words):
        return subprocess.run(["git", "-C", str(tree.root), *words], check=True,
                              capture_output=True, text=True).stdout

    commits = git("log", "--reverse", "--format=%H", "--diff-filter=AM", "--", EXCEPTIONS).split()
    texts = [git("show", f"{commit}:{EXCEPTIONS}") for commit in commits]
    versions = [_parse(text) for text in texts + [tree.text(EXCEPTIONS)]]
    return check_ratchet(versions)


def _parse(text):
    rows = [line.split() for line in text.splitlines() if line.strip() and line[0] != "#"]
    return {(r[0], r[1]): (int(r[2]), 0) for r in rows if len(r) == 3}
