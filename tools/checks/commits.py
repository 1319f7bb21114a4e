"""Subjects of commits: `area: imperative what`, at most 72 characters."""

import re
import subprocess

from checks.tree import Problem

OTHER_AREAS = {"house", "packs", "web", "tests", "bench", "fuzz", "demo", "docs", "tools", "cmake",
               "ci", "run"}
# `hash reason` lines: commits that slipped through and cannot be changed any more.
EXCEPTIONS = "tools/commit_exceptions.txt"
_SUBJECT = re.compile(r"([a-z0-9_/-]+(?:, [a-z0-9_/-]+)*): (\S.*)")
_EMPTY_WORDS = {"update", "updates", "fix", "fixes", "changes", "wip", "misc", "cleanup", "stuff"}

_IMPERATIVE = {"bring", "embed", "feed", "need", "ping", "seed", "speed", "string"}


def problem_with(subject, areas):
    """What is wrong with the subject, or None."""
    match = _SUBJECT.fullmatch(subject)
    if not match:
        return "must be `area: imperative what`"
    named, what = match.groups()
    for area in named.split(", "):
        if area.split("/")[0] not in areas:
            return f"`{area}` is no area ({', '.join(sorted(areas))})"
    if len(subject) > 72:
        return f"has {len(subject)} characters, at most 72"
    if what.endswith("."):
        return "ends with a full stop"
    if len(what.split()) < 2 or what.lower() in _EMPTY_WORDS:
        return "says nothing: what does the commit do?"
    if what.split()[0].endswith(("ed", "ing")) and what.split()[0] not in _IMPERATIVE:
        return f"`{what.split()[0]}` is not imperative (add, not added or adding)"
    return None


def check(root, components):
    if not (root / ".git").exists():
        return []
    log = subprocess.run(["git", "-C", str(root), "log", "--format=%H%x09%s"], check=True,
                         capture_output=True, text=True).stdout
    areas = OTHER_AREAS | set(components)
    excepted = _excepted(root / EXCEPTIONS)
    problems = []
    for row in log.splitlines():
        commit, subject = row.split("\t", 1)
        wrong = problem_with(subject, areas)
        if wrong and not commit.startswith(excepted):
            problems.append(Problem(f"commit {commit[:10]}", 0, f'"{subject}" {wrong}'))
    return problems


def _excepted(path):
    if not path.exists():
        return ()
    rows = [line.split() for line in path.read_text().splitlines()]
    return tuple(row[0] for row in rows if len(row) >= 2 and row[0] != "#")
