"""Ids: nothing of a pack is named in code; the error catalogue's ids, once and tested.

Together with checks/content.py it says that packs are content: that one looks at how they came,
this one at every line that stands, whenever it was written.
"""

import re

from checks import cpp
from checks.tree import Problem

ENGINE_WORDS = "tools/engine_words.txt"
CODE = (".cc", ".h", ".ts", ".tsx")
_TEST = re.compile(r"(_test|_bench)\.cc$|/testing/|^tests/|\.test\.tsx?$|^web/(?:e2e|tests?)/"
                   r"|/(?:test|tests|__tests__)/|^bench/|^tools/checks/tests/")
_CATALOGUE_ENTRY = re.compile(r'^\s*(X|RETIRED)\(\s*"([A-Z]{2}-\d{4})"', re.MULTILINE)
_ERROR_ID = re.compile(r"\b([A-Z]{2}-\d{4})\b")
_OPENS = re.compile(r"^( *)([a-z_]+):\s*$")
_KEY = re.compile(r"^( +)([a-z0-9][a-z0-9._-]*):")
_PARTS = ("codes", "states", "transitions", "deadlines")  # whose keys are ids of the pack
_STRING_TS = re.compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`")


def is_test(name):
    return bool(_TEST.search(name))


def pack_ids(tree):
    """(names of packs and forms, names of fields) that the packs define.

    Only field names of two or more words count: `title` or `name` say nothing about a pack.
    """
    names, fields = set(), set()
    for name in tree.matching(".yaml", under="packs/"):
        parts = name.split("/")
        names.add(parts[1])
        if len(parts) == 4 and parts[2] == "forms":
            names.add(parts[3].removesuffix(".yaml"))
            fields |= {f for f in _keys_below(tree.lines(name), ("fields",)) if "_" in f}
    return names, fields


def part_ids(tree):
    """What else packs define: files beside the forms, codes, states, steps and deadlines.

    Only names of two or more words count: `open` and `terms` are words of the engine too.
    """
    parts = set()
    for name in tree.matching(".yaml", ".dmn", under="packs/"):
        path = name.split("/")
        if len(path) == 4 and path[2] != "forms":
            parts.add(path[3].rsplit(".", 1)[0])
        if name.endswith(".yaml"):
            parts |= set(_keys_below(tree.lines(name), _PARTS))
    return {part for part in parts if re.search(r"[a-z]{2,}[-_][a-z]{2,}", part)}


def _keys_below(lines, openers):
    """Keys one step below a line such as `fields:` that opens a block; at any depth."""
    open_blocks = []  # [indent of the line, indent of its keys or None]
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip())
        while open_blocks and indent <= open_blocks[-1][0]:
            open_blocks.pop()
        key = _KEY.match(line)
        if open_blocks and key:
            if open_blocks[-1][1] is None:
                open_blocks[-1][1] = indent
            if indent == open_blocks[-1][1]:
                yield key.group(2)
        if (opens := _OPENS.match(line)) and opens.group(2) in openers:
            open_blocks.append([indent, None])


def check(tree):
    return check_packs(tree) + check_catalogue(tree)


def check_packs(tree):
    names, fields = pack_ids(tree)
    parts = part_ids(tree)
    engine = set()
    if ENGINE_WORDS in tree.names:
        engine = {w.split("#")[0].strip() for w in tree.lines(ENGINE_WORDS)} - {""}
    problems = []
    for name in tree.matching(*CODE):
        if is_test(name) or not name.startswith(("src/", "web/")):
            continue
        for line, value in _literals(tree, name):
            # A sentence may have the word `regions` in it; an id stands in a literal of its own.
            words = [] if " " in value.strip() else re.split(r"[^A-Za-z0-9_-]+", value)
            for word in set(words) & (names - engine):
                problems.append(Problem(name, line, f'"{word}" is a pack or form: code names none '
                                                    "(let the metadata say it)"))
            for word in set(words) & (parts - names - engine):
                problems.append(Problem(name, line, f'"{word}" is an id of a pack (a file, code, '
                                                    "state, step or deadline): code names none "
                                                    "(let the metadata say it)"))
        bare = tree.text(name)
        for number, text in enumerate(bare.splitlines(), 1):
            for word in set(re.findall(r"[a-z][a-z0-9_]*_[a-z0-9_]+", text)) & (fields - engine):
                problems.append(Problem(name, number, f"`{word}` is a field of a pack: code names "
                                                      f"none (a word of the engine's own? then "
                                                      f"list it in {ENGINE_WORDS})"))
    return problems


def _literals(tree, name):
    if name.endswith((".cc", ".h")):
        yield from cpp.string_literals(tree.text(name))
        return
    for number, line in enumerate(tree.lines(name), 1):
        if not line.lstrip().startswith(("import ", "export * from", "//", "*", "} from")):
            for match in _STRING_TS.finditer(line):
                yield number, match.group(0)[1:-1]


def check_catalogue(tree):
    """Each id stands once in the catalogue, is given by code, and code gives no others."""
    problems, (active, seen) = [], _read_catalogue(tree)
    if not seen:
        return problems
    prefixes = {error_id[:2] for error_id in seen}
    _, in_code = _uses(tree)
    for error_id, places in seen.items():
        for name, line in places[1:]:
            problems.append(Problem(name, line, f"{error_id} stands twice (also in "
                                                f"{places[0][0]}): an id is never reused"))
    for error_id, name in in_code.items():
        if error_id not in seen and error_id[:2] in prefixes:
            problems.append(Problem(name, 0, f"{error_id} is not in the error catalogue"))
    for error_id, (name, line) in active.items():
        if error_id not in in_code:
            problems.append(Problem(name, line, f"{error_id} is given nowhere: mark it RETIRED or "
                                                "give it"))
    return problems


def untested(tree):
    """{file of the catalogue: ids that code gives and no test names}."""
    active, _ = _read_catalogue(tree)
    in_tests, in_code = _uses(tree)
    result = {}
    for error_id, (name, _) in active.items():
        if error_id in in_code and error_id not in in_tests:
            result.setdefault(name, []).append(error_id)
    return result


def _read_catalogue(tree):
    """({id: place} of ids in use, {id: all places})."""
    active, seen = {}, {}
    for name in tree.matching(".inc", under="src/base/catalogue/"):
        text = tree.text(name)
        for match in _CATALOGUE_ENTRY.finditer(text):
            error_id, line = match.group(2), text.count("\n", 0, match.start()) + 1
            seen.setdefault(error_id, []).append((name, line))
            if match.group(1) == "X":
                active[error_id] = (name, line)
    return active, seen


def _uses(tree):
    """(ids in tests, {id: a file that gives it})."""
    in_tests, in_code = set(), {}
    for name in tree.matching(*CODE, ".py", ".json", ".yaml", ".test"):
        ids = set(_ERROR_ID.findall(tree.text(name)))
        if is_test(name):
            in_tests |= ids
        elif name.startswith("src/"):
            bare = cpp.blank_comments(tree.text(name), literals=False)
            in_code.update({i: name for i in _ERROR_ID.findall(bare)})
    return in_tests, in_code
