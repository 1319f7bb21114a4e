"""Counting of test cases: the closing lines of each runner, alone and together."""

import unittest

from checks import counting

LOGS = {
    "[doctest] test cases:  12 |  11 passed | 1 failed | 3 skipped\n": (11, 1, 3),
    "7: [doctest] test cases: 2 | 2 passed | 0 failed |\n": (0, 0, 0),
    "7: [doctest] test cases: 2 | 2 passed | 0 failed | 0 skipped\n": (2, 0, 0),
    "Ran 45 tests in 0.2s\n\nOK\n": (45, 0, 0),
    "Ran 1 test in 0.2s\n\nFAILED (failures=1)\n": (0, 1, 0),
    "Ran 9 tests in 0.2s\n\nFAILED (failures=1, errors=2, skipped=3)\n": (3, 3, 3),
    " Test Files  1 failed | 3 passed (4)\n      Tests  1 failed | 11 passed | 2 skipped (14)\n":
        (11, 1, 2),
    "\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[32m11 passed\x1b[39m\x1b[22m\x1b[90m (11)\x1b[39m\n":
        (11, 0, 0),
    "# tests 6\n# suites 0\n# pass 4\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n": (4, 1, 1),
    "ℹ pass 4\nℹ fail 0\n": (4, 0, 0),
    "journeys: 5 passed, 1 failed, 2 skipped\n5 passed, 0 failed\n": (10, 1, 2),
    "we passed 3 passed, 4 failed on the way\n": (0, 0, 0),
}


class CountingTest(unittest.TestCase):
    def test_each_closing_line_is_read(self):
        for log, expected in LOGS.items():
            with self.subTest(log):
                self.assertEqual(counting.count(log), expected)

    def test_several_closing_lines_add_up(self):
        both = "Ran 2 tests in 1s\n\nOK\n1 passed, 0 failed\n"
        self.assertEqual(counting.count(both), (3, 0, 0))


if __name__ == "__main__":
    unittest.main()
