"""A test or bench file that no build target compiles is a test that cannot fail."""

import json

from checks.tree import Problem


def check(tree, compile_commands):
    """`compile_commands` is the path of the build's compile_commands.json."""
    rows = json.loads(compile_commands.read_text())
    built = {row["file"] for row in rows}
    problems = []
    for name in tree.matching("_test.cc", "_bench.cc"):
        if str(tree.root.resolve() / name) not in built:
            problems.append(Problem(name, 0, "is compiled by no target: put it into a component's "
                                             "folder, or into tests/CMakeLists.txt"))
    return problems
