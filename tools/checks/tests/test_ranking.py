"""Forms of small packs: a figure of a place cannot be sorted by, other things can."""

from checks import ranking
from checks.tests.planted import PlantedTest

FORM = "packs/one/forms/value.yaml"
PLACE = "  region: {type: reference, form: regions/region}\n"
DAY = "  day: {type: date, sortable: true}\n"


class RankingTest(PlantedTest):
    def found(self, fields):
        self.files = {FORM: "form: value\nfields:\n" + fields}
        return ranking.check(self.tree())

    def test_a_figure_of_a_place_is_refused(self):
        for figure in ("  value: {type: decimal, sortable: true}\n",
                       "  value:\n    type: money\n    sortable: true\n"):
            with self.subTest(figure):
                self.assert_problem(self.found(PLACE + DAY + figure), f"{FORM}:5", "value",
                                    "ranking")

    def test_other_things_may_be_sorted_by(self):
        self.assertEqual(self.found(PLACE + "  value: {type: decimal}\n" + DAY), [])
        self.assertEqual(self.found("  value: {type: decimal, sortable: true}\n"), [])
