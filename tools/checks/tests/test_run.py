"""The stages of ./run test: what they print and count, and the exit status, on small commands."""

import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]


class StagesTest(unittest.TestCase):
    def run_stages(self, script):
        with tempfile.TemporaryDirectory() as folder:
            return subprocess.run(
                ["bash", "-euo", "pipefail", "-c",
                 f"source tools/run/common.sh; source tools/run/test.sh; test_logs={folder}\n"
                 f"{script}\nclose_tests"],
                cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def test_stages_add_up_and_pass(self):
        result = self.run_stages("""
            stage "plain" true
            stage "counted" echo "3 passed, 0 failed, 1 skipped"
            skip "elsewhere" "nothing there"
        """)
        self.assertEqual(result.stdout.splitlines()[-1], "4 passed, 0 failed, 2 skipped")
        self.assertEqual(result.returncode, 0)

    def test_a_failing_stage_fails_the_run_and_shows_its_log(self):
        result = self.run_stages("""
            f() { echo "what went wrong"; return 3; }
            stage "broken" f
            stage "sound" true
        """)
        self.assertIn("| what went wrong", result.stdout)
        self.assertEqual(result.stdout.splitlines()[-1], "1 passed, 1 failed, 0 skipped")
        self.assertEqual(result.returncode, 1)

    def test_a_failing_line_far_from_the_end_is_shown_before_the_end(self):
        result = self.run_stages('''
            f() {
                echo "before"; echo "  FAIL  the journey"; echo "        took too long"
                seq 1 500 | sed 's/^/went well: /'
                echo "1 passed, 1 failed"; return 1
            }
            stage "long" f
            f() { echo "  FAIL  one"; seq 1 30 | sed 's/^/line /'; echo "0 passed, 1 failed"; }
            stage "short" f
            f() { for i in $(seq 1 9000); do echo "not ok $i"; done; return 1; }
            stage "many" f
        ''')
        lines = result.stdout.splitlines()
        long = lines[:[at for at, line in enumerate(lines) if "short" in line][0]]
        self.assertIn("    |   FAIL  the journey", long)
        self.assertIn("    |         took too long", long[:long.index("    | went well: 500")])
        self.assertNotIn("    | went well: 100", long)
        self.assertNotIn("    | before", long)
        self.assertEqual(sum("FAIL  one" in line for line in lines), 1)
        self.assertLess(len(lines), 350)
        self.assertEqual(lines[-1], "1 passed, 3 failed, 0 skipped")

    def test_a_failed_case_fails_the_run_though_the_command_succeeded(self):
        result = self.run_stages('stage "liar" echo "3 passed, 1 failed"')
        self.assertEqual(result.stdout.splitlines()[-1], "3 passed, 1 failed, 0 skipped")
        self.assertEqual(result.returncode, 1)

    def test_a_stage_stops_at_the_first_failing_command(self):
        result = self.run_stages("""
            f() { false; echo "2 passed, 0 failed"; }
            stage "first" f
        """)
        self.assertEqual(result.returncode, 1)

    def test_the_size_of_the_web_is_judged_after_it_is_built(self):
        result = self.run_stages('web() { [ "$1" != size ]; }\ntest_web')
        told = [line.split()[0] + " " + line.split()[4] for line in result.stdout.splitlines()
                if " web: " in line]
        self.assertEqual(told[-2:], ["ok build", "FAILED size"])
        self.assertEqual(result.returncode, 1)

    def test_stages_have_no_standing_input(self):
        result = self.run_stages('stage "reads" bash -c "! read -r line"')
        self.assertEqual(result.stdout.splitlines()[-1], "1 passed, 0 failed, 0 skipped")


if __name__ == "__main__":
    unittest.main()
