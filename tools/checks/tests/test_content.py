"""Packs and engines in small histories of their own: what brings a pack changes no engine."""

import contextlib
import io
import subprocess
import unittest

from checks import content
from checks.tests.planted import PlantedTest


class ContentTest(PlantedTest):
    def git(self, *words, root=None):
        subprocess.run(["git", "-C", str(root or self.root), "-c", "user.name=t",
                        "-c", "user.email=t@example.org", *words], check=True,
                       capture_output=True)

    def commit(self, files):
        if not (self.root / ".git").exists():
            self.git("init", "-q")
        self.files = files
        self.tree()
        self.git("add", "-A")
        self.git("commit", "-qm", "packs: bring what is new")

    def test_a_pack_that_comes_alone_passes(self):
        self.commit({"src/a/a.cc": "int a;\n"})
        self.commit({"packs/one/pack.yaml": "pack: one\n", "CHANGELOG.md": "one\n"})
        self.commit({"src/a/a.cc": "int b;\n", "packs/one/pack.yaml": "pack: one\nlater: yes\n"})
        self.assertEqual(content.check(self.root), [])

    def test_a_pack_with_a_line_of_the_engine_is_refused(self):
        for name in ("src/a/a.cc", "web/src/a.tsx"):
            with self.subTest(name):
                self.commit({f"packs/{name[:3]}/pack.yaml": "pack: x\n", name: "a\nb\n"})
                found = [p for p in content.check(self.root) if p.path.startswith(
                    f"packs/{name[:3]}/")]
                self.assert_problem(found, "packs/", "changed 2 lines of the engine")

    def test_a_pack_that_went_and_came_back_counts_from_the_first_time(self):
        self.commit({"packs/one/pack.yaml": "pack: one\n"})
        self.git("rm", "-q", "packs/one/pack.yaml")
        self.git("commit", "-qm", "packs: take one away")
        self.commit({"packs/one/pack.yaml": "pack: one\n", "src/a/a.cc": "int a;\n"})
        self.assertEqual(content.check(self.root), [])

    def test_the_newest_ten_are_looked_at(self):
        self.commit({"packs/old/pack.yaml": "pack: old\n", "src/a/a.cc": "int a;\n"})
        for number in range(content.NEWEST):
            self.assert_problem(content.check(self.root), "packs/old/", "1 lines")
            self.commit({f"packs/new{number}/pack.yaml": "pack: new\n"})
        self.assertEqual(content.check(self.root), [])
        self.assertEqual(len(content.newest_packs(self.root)), content.NEWEST)

    def test_a_history_that_is_cut_off_is_said_not_judged(self):
        self.commit({"packs/one/pack.yaml": "pack: one\n", "src/a/a.cc": "int a;\n"})
        self.commit({"packs/one/pack.yaml": "pack: one\nmore: yes\n"})
        self.git("clone", "-q", "--depth", "1", f"file://{self.root}", str(self.root / "short"))
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self.assertEqual(content.check(self.root / "short"), [])
        self.assertIn("cut off", said.getvalue())
        self.assertIn("1 skipped", said.getvalue())


if __name__ == "__main__":
    unittest.main()
