"""No ranking of places: figures of a region or a municipality cannot be put in order of size."""

import re

from checks.tree import Problem

PLACE = re.compile(r"\bform: regions/")
FIGURE = re.compile(r"\btype: (?:decimal|money)\b")
SORTABLE = re.compile(r"\bsortable: true\b")
FIELD = re.compile(r"  ([a-z_]+):")


def fields(lines):
    """(name, line, text) of each field of a form; text runs to the next field."""
    found = []
    is_inside = False
    for number, line in enumerate(lines, 1):
        if not line.startswith(" "):
            is_inside = line.startswith("fields:")
        elif is_inside and (head := FIELD.match(line)):
            found.append([head[1], number, line])
        elif is_inside and found:
            found[-1][2] += "\n" + line
    return found


def check(tree):
    problems = []
    for name in tree.matching(".yaml", under="packs/"):
        if "/forms/" not in name or not PLACE.search(tree.text(name)):
            continue
        problems += [Problem(name, line, f"{field} is a figure of a place and sortable: that is a "
                                         "ranking; take sortable out")
                     for field, line, text in fields(tree.lines(name))
                     if FIGURE.search(text) and SORTABLE.search(text)]
    return problems
