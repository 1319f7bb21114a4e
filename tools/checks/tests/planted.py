"""Small source trees for the tests of the checks: made in a temporary folder, file by file."""

import pathlib
import tempfile
import unittest

from checks.tree import Tree


class PlantedTest(unittest.TestCase):
    """A test with a tree of its own. `self.files` is {name: text}; change it, then look."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.files = {}

    def tree(self):
        for name, text in self.files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Tree(self.root)

    def assert_problem(self, problems, path, *parts):
        """Exactly one problem, at that path, whose text has all the parts."""
        texts = [str(p) for p in sorted(set(problems))]
        self.assertEqual(len(texts), 1, texts)
        self.assertTrue(texts[0].startswith(path), texts)
        for part in parts:
            self.assertIn(part, texts[0])
