"""tidy on small trees: a sound one passes, each planted fault gives its one problem."""

import json
import subprocess
import unittest

from checks import commits, ids, registered, sizes, words
from checks.tests.planted import PlantedTest

HEADER = "// What it is for.\n#pragma once\n"
TEST_HEAD = "// What is tested and how.\n"


def function_of(lines):
    return "int f() {\n" + "  g();\n" * (lines - 2) + "}\n"


class SizesTest(PlantedTest):
    def problems(self):
        return sizes.check(self.tree())

    def test_sizes_at_the_limit_pass(self):
        self.files = {"src/a/a.cc": function_of(70) + "//\n" * 730, "src/a/a.h": "//\n" * 400,
                      "src/a/a_test.cc": "//\n" * 1000, "web/src/a.tsx": "//\n" * 300,
                      "src/a/b.cc": "/" * 100 + "\n",
                      "src/a/c.cc": "// https://" + "x" * 100 + "\n"}
        self.assertEqual(self.problems(), [])

    def test_each_size_over_the_limit_is_refused(self):
        for name, text, part in [
                ("src/a/a.cc", function_of(71), "function-length 71"),
                ("src/a/a.cc", "//\n" * 801, "source-length 801"),
                ("src/a/a.h", "//\n" * 401, "header-length 401"),
                ("src/a/a_test.cc", "//\n" * 1001, "test-length 1001"),
                ("web/src/a.tsx", "//\n" * 301, "component-length 301"),
                ("packs/p/rules/a.yaml", "a: 1\n" * 121, "rule-length 121"),
                ("src/a/a.cc", "// é" + "x" * 97 + "\n", "line-width 101"),
        ]:
            with self.subTest(part):
                self.files = {name: text}
                self.assert_problem(self.problems(), name, part)
                (self.root / name).unlink()

    def test_an_exception_covers_what_it_names_and_no_more(self):
        self.files = {"src/a/a.cc": function_of(80),
                      "tools/tidy_exceptions.txt": "# why\nsrc/a/a.cc function-length 80\n"}
        self.assertEqual(self.problems(), [])
        self.files["src/a/a.cc"] = function_of(81)
        self.assert_problem(self.problems(), "src/a/a.cc", "function-length 81 is over 80")

    def test_an_exception_that_is_not_needed_is_refused(self):
        self.files = {"src/a/a.cc": function_of(75),
                      "tools/tidy_exceptions.txt": "src/a/a.cc function-length 80\n"}
        self.assert_problem(self.problems(), "tools/tidy_exceptions.txt:1", "lower it to 75")
        self.files["src/a/a.cc"] = function_of(70)
        self.assert_problem(self.problems(), "tools/tidy_exceptions.txt:1", "remove the line")

    def test_the_ratchet_only_loses_lines_and_numbers(self):
        key, other = ("a.cc", "source-length"), ("b.cc", "source-length")
        self.assertEqual(sizes.check_ratchet([{key: (900, 1), other: (850, 2)},
                                              {key: (880, 1)}, {}]), [])
        self.assert_problem(sizes.check_ratchet([{key: (900, 1)}, {key: (901, 1)}]),
                            "tools/tidy_exceptions.txt:1", "grew from 900 to 901")
        self.assert_problem(sizes.check_ratchet([{}, {key: (900, 3)}]),
                            "tools/tidy_exceptions.txt:3", "was added")

    def test_the_ratchet_reads_the_history(self):
        def git(*arguments):
            subprocess.run(["git", "-C", str(self.root), "-c", "user.name=a", "-c",
                            "user.email=a@example.org", *arguments], check=True,
                           capture_output=True)

        self.files = {"tools/tidy_exceptions.txt": "a.cc source-length 900\n"}
        self.tree()
        git("init", "-q")
        git("add", "-A")
        git("commit", "-qm", "tools: list the exceptions")
        self.assertEqual(sizes.check_history(self.tree()), [])
        self.files["tools/tidy_exceptions.txt"] = "a.cc source-length 950\n"
        self.assert_problem(sizes.check_history(self.tree()), "tools/tidy_exc", "grew from 900")


class WordsTest(PlantedTest):
    def problems(self):
        return words.check(self.tree())

    def test_sound_files_have_no_problem(self):
        self.files = {
            "src/a/a.h": HEADER + "int f();\n",
            "src/a/a.cc": '// Why: atoi( is slow.\nauto s = "assert(x)"; // TODO(#12): a reason\n'
                          "popen(p);  // tidy-allow: a fixed command\n"
                          "return std::unique_ptr<A<B>>(\n    new A<B>(1));\n"
                          "void g() = delete;\nstatic_assert(true);\nx.renew (y);\n",
            "src/a/a_test.cc": TEST_HEAD + 'TEST_CASE("reader: a comma ends a word (#3)") {}\n',
        }
        self.assertEqual(self.problems(), [])

    def test_each_banned_call_names_what_to_use_instead(self):
        for line, part in {
                "auto n = atoi(text);": "std::from_chars", "sprintf(buffer, x);": "fmt::format",
                "assert(x);": "ZICHT_CHECK", "tl::expected<int, int> e;": "zicht::Result",
                "std::random_device d;": "zicht::Rng", "std::regex r;": "hand-written reader",
                "system(command);": "posix_spawn", "auto* p = new Thing(1);": "make_unique",
                "delete thing;": "unique_ptr", "std::cout << x;": "sink",
                "sleep_for(second);": "clock", "std::getenv(n);": "configuration",
        }.items():
            with self.subTest(line):
                self.files = {"src/a/a.cc": f"// Why.\n{line}\n"}
                self.assert_problem(self.problems(), "src/a/a.cc:2", part)

    def test_loose_ends_and_odd_characters_are_refused(self):
        for name, text, part in [
                ("src/a/a.cc", "// TO" + "DO: later\n", "TODO(#issue)"),
                ("docs/a.md", "FIX" + "ME\n", "TODO(#issue)"),
                ("src/a/a.cc", "int a;  \n", "blanks at the end"),
                ("src/a/a.cc", "\tint a;\n", "tab"),
                ("src/a/a.cc", "int a;", "without a newline"),
                ("src/a/a.cc", "  // foo(bar);\n", "code in a comment"),
                ("src/a/BigName.cc", "// A.\n", "snake_case"),
                ("src/a/a.h", "// A.\n", "#pragma once"),
                ("src/a/a.h", "#pragma once\n", "begin with a comment"),
                ("src/a/a.h", HEADER + "using namespace std;\n", "using namespace"),
                ("web/src/a.tsx", "a.innerHTML = b;\n", "React elements"),
                ("web/src/a.test.tsx", "it.only('a', b);\n", "it / test"),
        ]:
            with self.subTest(text):
                self.files = {name: text}
                self.assert_problem(self.problems(), name, part)
                (self.root / name).unlink()

    def test_names_of_tests_are_sentences(self):
        for name in ("Test1", "reader_test", "reader: works 12", "reader: works_0001", "works"):
            with self.subTest(name):
                self.files = {"src/a/a_test.cc": f'{TEST_HEAD}TEST_CASE("{name}") {{}}\n'}
                self.assert_problem(self.problems(), "src/a/a_test.cc:2", "must be a sentence")

    def test_a_test_file_has_a_head_and_tests_of_different_names(self):
        one = 'TEST_CASE("reader: reads a word") {}\n'
        for text, part in [(one, "begin with a comment"), (TEST_HEAD, "no TEST_CASE"),
                           (TEST_HEAD + one + one, "two tests are called")]:
            with self.subTest(part):
                self.files = {"src/a/a_test.cc": text}
                self.assert_problem(self.problems(), "src/a/a_test.cc", part)


class IdsTest(PlantedTest):
    def setUp(self):
        super().setUp()
        self.files = {
            "packs/harbours/pack.yaml": "pack: harbours\n",
            "packs/harbours/forms/mooring.yaml":
                "form: mooring\nlabel_of_form: x\nfields:\n  berth_number:\n    type: group\n"
                "    fields:\n      quay_side: {type: text}\n  title: {type: text}\n"
                "access: {visitor: [read]}\n",
            "src/base/catalogue/app.inc": 'X("AP-0001", kInternal, "a", "b", "c", "d")\n'
                                          'RETIRED("AP-0002")\n',
            "src/app/a.cc": 'make_error("AP-0001"); f("the harbours of a town"); mooring(title);\n',
            "src/app/a_test.cc": '// harbours\nCHECK(id == "AP-0001"); f("harbours/mooring");\n',
        }

    def problems(self):
        return ids.check(self.tree())

    def test_code_that_names_no_id_has_no_problem(self):
        self.assertEqual(self.problems(), [])

    def test_a_pack_form_or_field_in_code_is_refused(self):
        for name, text, part in [
                ("src/app/b.cc", 'f("harbours");\n', '"harbours" is a pack'),
                ("src/app/b.cc", 'f("other/mooring");\n', '"mooring" is a pack or form'),
                ("src/app/b.cc", "row.berth_number = 1;\n", "`berth_number` is a field"),
                ("web/src/b.tsx", "const a = record.fields['quay_side'];\n", "`quay_side`"),
                ("web/src/b.tsx", "const a = 'mooring';\n", '"mooring"'),
        ]:
            with self.subTest(part):
                self.files[name] = text
                self.assert_problem(self.problems(), f"{name}:1", part)
                (self.root / name).unlink()
                del self.files[name]

    def test_what_else_a_pack_defines_is_refused_where_it_has_two_words(self):
        self.files |= {
            "packs/harbours/lists/kind.yaml": "list: kind\ncodes:\n  deep-sea: {}\n  river: {}\n",
            "packs/harbours/processes/stay.yaml":
                "states:\n  lies_still:\n    label: x\n  open: {}\n"
                "transitions:\n  cast_off: {}\ndeadlines:\n  leave-by: {}\n",
            "packs/harbours/indicators/full-quays.yaml": "indicator: full-quays\n",
            "packs/harbours/rules/port-dues.dmn": "<definitions/>\n",
            "web/src/b.ts": "f('river', 'open', 'stay', 'kind', 'the deep-sea harbour');\n",
        }
        self.assertEqual(self.problems(), [])
        for word in ("deep-sea", "lies_still", "cast_off", "leave-by", "full-quays", "port-dues"):
            with self.subTest(word):
                self.files["web/src/b.ts"] = f"const a = '{word}';\n"
                self.assert_problem(self.problems(), "web/src/b.ts:1", f'"{word}" is an id of a')

    def test_a_word_of_the_engine_may_be_a_field_too(self):
        self.files["tools/engine_words.txt"] = "berth_number  # a column of the engine\n"
        self.files["src/app/b.cc"] = "row.berth_number = 1;\n"
        self.assertEqual(self.problems(), [])

    def test_an_error_id_stands_once(self):
        self.files["src/base/catalogue/base.inc"] = 'RETIRED("AP-0001")\n'
        texts = "\n".join(map(str, self.problems()))
        self.assertIn("AP-0001 stands twice", texts)

    def test_an_error_id_of_the_code_stands_in_the_catalogue(self):
        self.files["src/app/a.cc"] += 'make_error("AP-0003");\n'
        self.assert_problem(self.problems(), "src/app/a.cc", "AP-0003 is not in")

    def test_an_error_id_is_given_and_tested(self):
        catalogue = self.files["src/base/catalogue/app.inc"]
        self.files["src/base/catalogue/app.inc"] += 'X("AP-0003", kInternal, "", "", "", "")\n'
        self.assert_problem(self.problems(), "src/base/catalogue/app.inc:3", "given nowhere")
        self.files["src/base/catalogue/app.inc"] = catalogue
        self.files["src/app/a_test.cc"] = "\n"
        self.assert_problem(sizes.check(self.tree()), "src/base/catalogue/app.inc",
                            "untested-ids 1 is over 0: provoke AP-0001")


class CommitsTest(unittest.TestCase):
    def test_sound_subjects_pass(self):
        for subject in ("app: refuse a stale version", "store/sqlite: group commits by savepoint",
                        "app, store: refuse a stale version"):
            self.assertIsNone(commits.problem_with(subject, {"app", "store"}))

    def test_each_bad_subject_is_refused(self):
        for subject, part in {
                "Updates.": "must be", "refuse a stale version": "must be",
                "desk: show the promises": "is no area", "app: " + "long " * 14: "characters",
                "app: refuse a stale version.": "full stop", "app: fixes": "says nothing",
                "app: added a test": "not imperative",
        }.items():
            with self.subTest(subject):
                self.assertIn(part, commits.problem_with(subject.strip(), {"app"}) or "")


class RegisteredTest(PlantedTest):
    def test_a_test_file_that_nothing_compiles_is_refused(self):
        self.files = {"src/a/a_test.cc": "", "tests/b_test.cc": ""}
        tree = self.tree()
        commands = self.root / "compile_commands.json"
        commands.write_text(json.dumps([{"file": str(self.root.resolve() / "src/a/a_test.cc")}]))
        self.assert_problem(registered.check(tree, commands), "tests/b_test.cc", "no target")


if __name__ == "__main__":
    unittest.main()
