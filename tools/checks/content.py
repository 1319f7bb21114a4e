"""Packs are content: the commits that brought the newest packs changed no line of the engine.

Later commits may bring an ability that any pack can use together with what a pack does with it;
that no line of theirs knows the pack is what checks/ids.py says, of every line that stands.
"""

import subprocess

from checks.tree import Problem

ENGINE = ("src/", "web/src/")
PACK = "packs/*/pack.yaml"
NEWEST = 10


def _git(root, *words):
    return subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True,
                          text=True).stdout


def newest_packs(root):
    """(pack, commit that first brought it) of those still there, the newest last.

    None where the history is cut off: the first commit of a shallow clone seems to bring all.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        return None
    there = {name.split("/")[1] for name in _git(root, "ls-files", "--", PACK).split()}
    brought = {}
    commit = ""
    for row in _git(root, "log", "--no-merges", "--reverse", "--diff-filter=A", "--no-renames",
                    "--format=commit %H", "--name-only", "--", PACK).splitlines():
        if row.startswith("commit "):
            commit = row.removeprefix("commit ")
        elif row:
            brought.setdefault(row.split("/")[1], commit)
    return [(pack, by) for pack, by in brought.items() if pack in there][-NEWEST:]


def engine_lines(root, commit):
    """Lines of the engine that the commit adds or takes away; a binary file counts as one."""
    rows = _git(root, "show", "--format=", "--numstat", "--no-renames", commit, "--", *ENGINE)
    return sum(int(count) if count.isdigit() else 1
               for row in rows.splitlines() for count in row.split("\t")[:2])


def check(root):
    if not (root / ".git").exists():
        return []
    newest = newest_packs(root)
    if newest is None:
        print("tidy: the history is cut off, so that packs are content is not looked at")
        print("content: 0 passed, 0 failed, 1 skipped")  # counted by tools/count_tests
        return []
    return [Problem(f"packs/{pack}/pack.yaml", 0,
                    f"commit {commit[:10]} that brought the pack changed {lines} lines of the "
                    "engine (src, web/src): a pack is content; change the engine apart, so that "
                    "any pack can use it")
            for pack, commit in newest if (lines := engine_lines(root, commit))]
