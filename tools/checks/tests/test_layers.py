"""check_layers on small trees: a sound one passes, each planted fault gives its one problem."""

import unittest

from checks import layers
from checks.tests.planted import PlantedTest

TABLE = """
[component.base]
uses = []
third_party = ["expected"]
pure = false
[component.model]
uses = ["base"]
third_party = []
pure = true
[component.app]
uses = ["base", "model"]
test_uses = ["store"]
third_party = ["threads"]
pure = false
[component.store]
uses = ["base", "app"]
third_party = ["sqlite3", "posix"]
pure = false
[third_party]
expected = ["tl/"]
doctest = ["doctest/"]
sqlite3 = ["sqlite3.h"]
threads = ["thread", "mutex"]
posix = ["sys/", "unistd.h"]
"""


class LayersTest(PlantedTest):
    def setUp(self):
        super().setUp()
        self.files = {
            "tools/layers.toml": TABLE,
            "src/base/CMakeLists.txt": "zicht_component(base THIRD_PARTY expected)\n",
            "src/base/result.h": "#include <tl/expected.hpp>\n#include <string>\n",
            "src/model/CMakeLists.txt": "zicht_component(model DEPS base)\n",
            "src/model/party.h": '#include "base/result.h"\n',
            "src/model/internal/names.h": "",
            "src/app/CMakeLists.txt": "zicht_component(app DEPS base model TEST_DEPS store\n"
                                      "    THIRD_PARTY threads)\n",
            "src/app/ports.h": '#include <mutex>\n#include "base/result.h"\n',
            "src/app/desk.cc": '#include "app/ports.h"\n#include "model/party.h"\n',
            "src/app/testing/fake_store.h": '#include "app/ports.h"\n',
            "src/app/desk_test.cc": '#include <doctest/doctest.h>\n#include "store/sql.h"\n'
                                    '#include "app/testing/fake_store.h"\n',
            "src/store/CMakeLists.txt": "zicht_component(store DEPS base app\n"
                                        "    THIRD_PARTY sqlite3)\n",
            "src/store/sql.h": '#include <sqlite3.h>\n#include <unistd.h>\n'
                               '#include "app/ports.h"\n#include "base/result.h"\n',
        }

    def problems(self):
        return layers.check(self.tree())

    def test_a_sound_tree_has_no_problem(self):
        self.assertEqual(self.problems(), [])

    def test_a_forbidden_arrow_is_refused(self):
        self.files["src/model/party.h"] += '#include "app/ports.h"\n'
        self.assert_problem(self.problems(), "src/model/party.h:2", "model may not use app")

    def test_an_include_in_a_comment_is_no_arrow(self):
        self.files["src/model/party.h"] += '// #include "app/ports.h"\n/*\n#include "x.h"\n*/\n'
        self.assertEqual(self.problems(), [])

    def test_an_arrow_by_angle_brackets_is_refused_too(self):
        self.files["src/model/party.h"] += "#include <app/ports.h>\n"
        self.assert_problem(self.problems(), "src/model/party.h:2", "model may not use app")

    def test_a_source_begins_with_its_own_header(self):
        self.files["src/app/ports.cc"] = '#include <mutex>\n#include "app/ports.h"\n'
        self.assert_problem(self.problems(), "src/app/ports.cc:1", 'that of "app/ports.h"')
        self.files["src/app/ports.cc"] = '#include "app/ports.h"\n#include <mutex>\n'
        self.assertEqual(self.problems(), [])

    def test_internal_headers_of_others_are_refused(self):
        self.files["src/app/desk.cc"] += '#include "model/internal/names.h"\n'
        self.assert_problem(self.problems(), "src/app/desk.cc:3", "internal to model")

    def test_testing_headers_are_for_tests_only(self):
        self.files["src/app/desk.cc"] += '#include "app/testing/fake_store.h"\n'
        self.assert_problem(self.problems(), "src/app/desk.cc:3", "for tests only")

    def test_a_relative_include_is_refused(self):
        self.files["src/app/desk.cc"] += '#include "ports.h"\n'
        self.assert_problem(self.problems(), "src/app/desk.cc:3", "not a file under src/")

    def test_a_library_that_is_not_allowed_is_refused(self):
        self.files["src/app/desk.cc"] += "#include <sqlite3.h>\n"
        self.assert_problem(self.problems(), "src/app/desk.cc:3", "may not include <sqlite3.h>")

    def test_an_unknown_library_is_refused(self):
        self.files["src/app/desk.cc"] += "#include <curl/curl.h>\n"
        self.assert_problem(self.problems(), "src/app/desk.cc:3", "belongs to no library")

    def test_a_test_may_not_use_what_is_not_declared(self):
        self.files["src/model/party_test.cc"] = '#include "store/sql.h"\n'
        texts = "\n".join(map(str, self.problems()))
        self.assertIn("model may not use store", texts)
        self.assertIn("TEST_DEPS lacks store", texts)

    def test_a_link_line_beyond_the_table_is_refused(self):
        self.files["src/model/CMakeLists.txt"] = "zicht_component(model DEPS base app)\n"
        texts = "\n".join(map(str, self.problems()))
        self.assertIn("links app, which tools/layers.toml does not allow", texts)

    def test_an_include_without_link_is_refused(self):
        self.files["src/app/CMakeLists.txt"] = ("zicht_component(app DEPS base TEST_DEPS store "
                                                "THIRD_PARTY threads)\n")
        self.assert_problem(self.problems(), "src/app/CMakeLists.txt", "DEPS lacks model")

    def test_a_link_without_include_is_refused(self):
        self.files["src/app/desk.cc"] = '#include "app/ports.h"\n'
        self.assert_problem(self.problems(), "src/app/CMakeLists.txt", "DEPS has model")

    def test_an_unlinked_library_is_refused(self):
        self.files["src/base/CMakeLists.txt"] = "zicht_component(base)\n"
        self.assert_problem(self.problems(), "src/base/CMakeLists.txt", "THIRD_PARTY lacks exp")

    def test_a_library_linked_for_nothing_is_refused(self):
        self.files["src/app/ports.h"] = '#include "base/result.h"\n'
        self.assert_problem(self.problems(), "src/app/CMakeLists.txt", "THIRD_PARTY has threads")

    def test_a_folder_without_link_line_is_refused(self):
        del self.files["src/model/CMakeLists.txt"]
        self.assert_problem(self.problems(), "src/model/CMakeLists.txt", "is missing")

    def test_a_folder_that_is_no_component_is_refused(self):
        self.files["src/extra/a.cc"] = ""
        self.assert_problem(self.problems(), "src/extra", "is not a component")

    def test_a_cycle_in_the_table_is_refused(self):
        self.files["tools/layers.toml"] = TABLE.replace("uses = []", 'uses = ["app"]', 1)
        texts = "\n".join(map(str, self.problems()))
        self.assertIn("cycle of components: app -> base -> app", texts)

    def test_a_cycle_of_includes_is_refused(self):
        self.files["src/model/party.h"] += '#include "model/record.h"\n'
        self.files["src/model/record.h"] = '#include "model/party.h"\n'
        self.assert_problem(self.problems(), "src/model/party.h", "cycle of #includes")

    def test_a_pure_component_may_not_be_impure(self):
        for line, part in {
                "#include <fstream>": "<fstream> (files)",
                "#include <iostream>": "global streams",
                "auto now = std::chrono::system_clock::now();": "may not use std::chrono::system",
                "std::string home = std::getenv(name);": "std::getenv",
                "static int counter = 0;": "mutable static state",
        }.items():
            with self.subTest(line):
                self.files["src/model/name.cc"] = f"#include <string>\n{line}\n"
                self.assert_problem(self.problems(), "src/model/name.cc:2", part)

    def test_a_pure_component_may_have_constants_and_static_functions(self):
        self.files["src/model/name.cc"] = (
            "static const int kOne = 1;\nstatic constexpr int kTwo = 2;\n"
            "struct Name {\n  static Name create(int part);\n};\n// uses system_clock nowhere\n")
        self.assertEqual(self.problems(), [])

    def test_threads_are_refused_where_the_table_does_not_have_them(self):
        self.files["src/base/result.h"] += "#include <thread>\n"
        self.assert_problem(self.problems(), "src/base/result.h:3", "may not include <thread>")


if __name__ == "__main__":
    unittest.main()
