"""The files under check and the problems found in them; shared by all checks."""

import dataclasses
import pathlib
import subprocess


@dataclasses.dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `line` is 0 where the whole file is meant."""

    path: str
    line: int
    text: str

    def __str__(self):
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where}: {self.text}"


class Tree:
    """A source tree: names relative to its root, texts read once."""

    def __init__(self, root, names=None):
        self.root = pathlib.Path(root)
        self.names = sorted(names if names is not None else _list_files(self.root))
        self._texts = {}

    def text(self, name):
        if name not in self._texts:
            raw = (self.root / name).read_bytes()
            self._texts[name] = raw.decode("utf-8", errors="replace")
        return self._texts[name]

    def lines(self, name):
        return self.text(name).splitlines()

    def matching(self, *suffixes, under=""):
        return [n for n in self.names if n.startswith(under) and n.endswith(suffixes)]


def _list_files(root):
    """Tracked files and new ones that git does not ignore; all files where there is no git."""
    if not (root / ".git").exists():
        return [str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()]
    output = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True, capture_output=True, text=True).stdout
    return [name for name in output.split("\0") if name and (root / name).is_file()]


def report(tool, problems):
    """Prints the problems and a closing line; returns the exit status."""
    for problem in sorted(set(problems)):
        print(problem)
    count = len(set(problems))
    print(f"{tool}: {'no problems' if count == 0 else f'{count} problems'}")
    return 1 if count else 0
