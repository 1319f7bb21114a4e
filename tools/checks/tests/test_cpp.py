"""The reading of C++: comments and literals blanked in place, where functions begin and end."""

import unittest

from checks import cpp


class CppTest(unittest.TestCase):
    def functions(self, text):
        return [(first, last) for first, last, _ in cpp.functions(text)]

    def test_comments_and_literals_are_blanked_in_place(self):
        text = 'a("x // y"); // b\nc = \'{\'; /* d\ne */ f(R"(g " })");\n1\'000'
        bare = cpp.blank_comments(text)
        self.assertEqual(len(bare), len(text))
        self.assertEqual(bare.split(), ["a(", ");", "c", "=", ";", "f(", ");", "1'000"])

    def test_functions_of_each_shape_are_found(self):
        for text, expected in {
                "int f() {\n  return 1;\n}\n": [(1, 3)],
                "namespace a {\nint f(int b)\n    const noexcept {\n}\n}\n": [(2, 4)],
                "class A {\n public:\n  A() : b_{1}, c_(2) {\n  }\n"
                "  int b_ = f(3);\n};\n": [(3, 4)],
                "auto f() -> int {\n  if (a) {\n  }\n  return [] { return 1; }();\n}\n": [(1, 5)],
                'TEST_CASE("a: b { c") {\n  CHECK(d);\n}\n': [(1, 3)],
                "struct A {\n  int b;\n};\nenum class B { c, d };\n": [],
                "const std::vector<int> k = {\n  1,\n};\nconst A a = make({\n1});\n": [],
                "#define M(a) \\\n  do { a } while (0)\nvoid f() {\n}\n": [(3, 4)],
                "bool operator==(const A& a, const A& b) {\n}\n": [(1, 2)],
                "template <class T = int>\nT f(int a = 1) {\n}\n": [(1, 3)],
        }.items():
            with self.subTest(text):
                self.assertEqual(self.functions(text), expected)

    def test_literals_are_given_with_their_line(self):
        text = 'f("a");  // "b"\ng(R"(c)", \'d\');\n'
        self.assertEqual(list(cpp.string_literals(text)), [(1, "a"), (2, "c")])


if __name__ == "__main__":
    unittest.main()
