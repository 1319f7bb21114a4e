"""Counts of test cases in the logs of test runners."""

import re

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Some runners print a prefix before a line of the program that they run, as ctest does ("12: ").
_DOCTEST = re.compile(r"\[doctest\] test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed \|"
                      r"\s*(\d+) skipped")
_UNITTEST = re.compile(r"^Ran (\d+) tests? in [^\n]*\n\s*\n?(?:(OK|FAILED)(?: \(([^)]*)\))?)?",
                       re.MULTILINE)
_VITEST = re.compile(r"^\s*Tests\s{2,}(.*\(\d+\))\s*$", re.MULTILINE)
_NODE = re.compile(r"^(?:#|ℹ) (pass|fail|skipped|todo) (\d+)\s*$", re.MULTILINE)
_PLAIN = re.compile(r"^(?:\w+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$", re.MULTILINE)


def count(log):
    """(passed, failed, skipped) over everything in the log."""
    text = _COLOUR.sub("", log)
    rows = [tuple(map(int, m.groups())) for m in _DOCTEST.finditer(text)]
    rows += [_unittest(m) for m in _UNITTEST.finditer(text)]
    rows += [_named(m.group(1)) for m in _VITEST.finditer(text)]
    rows += [tuple(int(n or 0) for n in m.groups()) for m in _PLAIN.finditer(text)]
    node = {"pass": 0, "fail": 0, "skipped": 0, "todo": 0}
    for match in _NODE.finditer(text):
        node[match.group(1)] += int(match.group(2))
    rows.append((node["pass"], node["fail"], node["skipped"] + node["todo"]))
    return tuple(sum(column) for column in zip(*rows))


def _unittest(match):
    numbers = dict(re.findall(r"(\w+)=(\d+)", match.group(3) or ""))
    failed = sum(int(numbers.get(k, 0)) for k in ("failures", "errors", "successes"))
    skipped = int(numbers.get("skipped", 0))
    return int(match.group(1)) - failed - skipped, failed, skipped


def _named(text):
    numbers = {word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|skipped|todo)", text)}
    return (numbers.get("passed", 0), numbers.get("failed", 0),
            numbers.get("skipped", 0) + numbers.get("todo", 0))
