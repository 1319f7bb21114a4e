// What of few rows is withheld, of random tables of every measure, and what the audit of editions
// finds.
#include "app/internal/protected_figures.h"

#include <doctest/doctest.h>

#include <map>

#include "base/rng.h"

namespace zicht::app::internal {
namespace {

using model::Group;
using model::Indicator;
using model::Measure;

constexpr std::int64_t kThreshold = 5;
const Date kOn = Date::of(2026, 1, 31);

Indicator indicator_of(Measure measure, std::size_t dimensions) {
  Indicator made;
  made.id = "i";
  made.pack = "p";
  made.form = "f";
  made.measure = measure;
  if (measure == Measure::kSum || measure == Measure::kRate) made.of = "a";
  if (measure == Measure::kRate) made.by = "b";
  for (std::size_t at = 0; at < dimensions; ++at) {
    made.dimensions.push_back({"d" + std::to_string(at), {}, "x" + std::to_string(at)});
  }
  made.protection.threshold = kThreshold;
  return made;
}

std::string value_of(std::size_t, const std::optional<std::string>& value) {
  return value ? ":" + *value : "unknown";
}

std::vector<Group> random_groups(Rng& rng, std::size_t dimensions) {
  std::vector<Group> groups;
  for (int i = 0; i < 6; ++i) {
    Group group;
    for (std::size_t at = 0; at < dimensions; ++at) {
      const auto code = rng.below(4);
      group.values.emplace_back(code == 3 ? std::nullopt
                                          : std::optional(std::string(1, char('a' + code))));
    }
    group.tally.rows = static_cast<std::int64_t>(rng.below(12));
    group.tally.part = static_cast<std::int64_t>(rng.below(group.tally.rows + 1));
    group.tally.part_undetermined =
        static_cast<std::int64_t>(rng.below(group.tally.rows - group.tally.part + 1));
    group.tally.valued = group.tally.rows;
    group.tally.of = Decimal::from_integer(group.tally.rows * 10);
    group.tally.by = Decimal::from_integer(group.tally.rows * 3);
    groups.push_back(std::move(group));
  }
  return groups;
}

// How many rows each figure rests on, added up here once more.
std::map<std::pair<std::string, std::string>, model::Tally> rows_by_value(
    const std::vector<Group>& groups) {
  std::map<std::pair<std::string, std::string>, model::Tally> rows;
  for (const Group& group : groups) {
    REQUIRE(model::add_to(rows[{}], group.tally).has_value());
    for (std::size_t at = 0; at < group.values.size(); ++at) {
      auto& tally = rows[{"d" + std::to_string(at), value_of(at, group.values[at])}];
      REQUIRE(model::add_to(tally, group.tally).has_value());
    }
  }
  return rows;
}

bool is_few(std::int64_t rows) { return 0 < rows && rows < kThreshold; }

std::string found_by(const std::vector<EarlierTables>& earlier,
                     const std::vector<CountedTable>& tables) {
  const auto sound = audit_tables(earlier, "2026-01-31", tables);
  return sound ? "" : sound.error().id;
}

TEST_CASE("protected figures: nothing of few rows is told, of any measure, and the audit agrees") {
  SeededRng rng(20261128);
  int withheld = 0, told = 0, refused = 0, unclean = 0;
  for (int round = 0; round < 60; ++round) {
    const auto measure = static_cast<Measure>(round % 4);
    const Indicator indicator = indicator_of(measure, rng.below(3));
    const auto groups = random_groups(rng, indicator.dimensions.size());
    const auto made = protect_figures(indicator, groups, value_of, kOn);
    if (!made) {
      CHECK(made.error().id == "AP-0218");
      ++refused;
      continue;
    }
    for (const auto& [place, tally] : rows_by_value(groups)) {
      CAPTURE(place.first);
      CAPTURE(place.second);
      // The number, the rows and the part of a share tell each answer.
      const std::int64_t no = tally.rows - tally.part - tally.part_undetermined;
      const bool is_sensitive =
          is_few(tally.rows) || (measure == Measure::kShare && (is_few(tally.part) || is_few(no) ||
                                                                is_few(tally.part_undetermined)));
      const bool is_withheld = made->withheld.contains(place);
      if (is_sensitive) CHECK(is_withheld);
      ++(is_withheld ? withheld : told);
    }
    // What the pattern leaves open is found, and then not published.
    const std::string found = found_by({}, made->tables);
    if (!found.empty()) CHECK(found == "AP-0217");
    unclean += found.empty() ? 0 : 1;
  }
  CHECK(withheld > 50);
  CHECK(told > 50);
  CHECK(refused < 20);
  CHECK(unclean < 6);
}

// Two of three, so that one is hidden and one beside it.
std::vector<Group> counts(std::int64_t a, std::int64_t b, std::int64_t c) {
  std::vector<Group> groups;
  for (const auto& [code, rows] : {std::pair{"a", a}, {"b", b}, {"c", c}}) {
    Group group{{code}, {}};
    group.tally.rows = rows;
    groups.push_back(std::move(group));
  }
  return groups;
}

TEST_CASE("protected figures: what was published is audited as it stands") {
  const auto made =
      protect_figures(indicator_of(Measure::kCount, 1), counts(3, 20, 30), value_of, kOn);
  REQUIRE(made.has_value());
  CHECK(found_by({}, made->tables) == "");
  std::vector<CountedTable> shown = made->tables;
  const auto other =
      protect_figures(indicator_of(Measure::kCount, 1), counts(20, 20, 30), value_of, kOn);
  REQUIRE(other.has_value());
  shown.front().published = other->tables.front().published;
  CHECK(found_by({}, shown) == "AP-0217");
}

TEST_CASE("protected figures: a small difference from an earlier edition is found") {
  Indicator indicator = indicator_of(Measure::kCount, 1);
  const auto before = protect_figures(indicator, counts(10, 20, 30), value_of, kOn);
  const auto now = protect_figures(indicator, counts(11, 20, 30), value_of, kOn);
  const auto much = protect_figures(indicator, counts(17, 20, 30), value_of, kOn);
  REQUIRE((before && now && much));
  CHECK(found_by({{"2025-12-31", before->tables}}, now->tables) == "AP-0217");
  CHECK(found_by({{"2025-12-31", before->tables}}, much->tables) == "");
  CHECK(found_by({{"2025-12-31", before->tables}}, before->tables) == "");

  // Counts of a day have nothing in common with those of another, but with those of the same day.
  indicator.protection.is_cumulative = false;
  const auto separate = protect_figures(indicator, counts(11, 20, 30), value_of, kOn);
  REQUIRE(separate.has_value());
  CHECK(found_by({{"2025-12-31", before->tables}}, separate->tables) == "");
  CHECK(found_by({{"2026-01-31", before->tables}}, separate->tables) == "AP-0217");

  // Nor has what is counted by another definition, but on the same day it is compared.
  indicator = indicator_of(Measure::kCount, 1);
  indicator.where = model::Rule{"x = 1", {}, {}};
  const auto other = protect_figures(indicator, counts(11, 20, 30), value_of, kOn);
  REQUIRE(other.has_value());
  CHECK(found_by({{"2025-12-31", before->tables}}, other->tables) == "");
  CHECK(found_by({{"2026-01-31", before->tables}}, other->tables) == "AP-0217");
}

TEST_CASE("protected figures: editions of one period are compared, and those of two are not") {
  Indicator indicator = indicator_of(Measure::kCount, 1);
  indicator.period = model::CountedPeriod{"day", model::Grouping::kHalfYear, true};
  const auto second_of_2025 = protect_figures(indicator, counts(10, 20, 30), value_of, kOn);
  const auto a_month_later =
      protect_figures(indicator, counts(11, 20, 30), value_of, Date::of(2026, 2, 28));
  const auto first_of_2026 =
      protect_figures(indicator, counts(9, 20, 30), value_of, Date::of(2026, 7, 1));
  REQUIRE((second_of_2025 && a_month_later && first_of_2026));
  const std::vector<EarlierTables> before = {{"2026-01-30", second_of_2025->tables}};
  CHECK(found_by(before, a_month_later->tables) == "AP-0217");
  CHECK(found_by(before, first_of_2026->tables) == "");
}

TEST_CASE("protected figures: a year says no less than its half, and is not told beside it") {
  Indicator half = indicator_of(Measure::kCount, 1);
  half.period = model::CountedPeriod{"day", model::Grouping::kHalfYear, true};
  Indicator year = half;
  year.period->by = model::Grouping::kYear;
  const auto first_half =
      protect_figures(half, counts(10, 20, 30), value_of, Date::of(2025, 7, 1));
  const auto whole = protect_figures(year, counts(12, 20, 30), value_of, kOn);
  const auto next_half =
      protect_figures(half, counts(12, 20, 30), value_of, Date::of(2026, 7, 1));
  Indicator by_another_day = year;
  by_another_day.period->field = "other_day";
  const auto elsewhere = protect_figures(by_another_day, counts(12, 20, 30), value_of, kOn);
  REQUIRE((first_half && whole && next_half && elsewhere));
  const std::vector<EarlierTables> before = {{"2025-07-01", first_half->tables}};
  CHECK(found_by(before, whole->tables) == "AP-0217");
  CHECK(found_by(before, next_half->tables) == "");
  // Of another day of the rows nobody knows which rows they share, as of another condition.
  CHECK(found_by(before, elsewhere->tables) == "");
}

TEST_CASE("protected figures: dividing by something else hides no difference of the total") {
  const auto before =
      protect_figures(indicator_of(Measure::kCount, 1), counts(10, 20, 30), value_of, kOn);
  std::vector<Group> divided;
  for (Group group : counts(11, 20, 30)) {
    group.values.emplace_back("x");
    divided.push_back(std::move(group));
  }
  const auto now = protect_figures(indicator_of(Measure::kCount, 2), divided, value_of, kOn);
  REQUIRE((before && now));
  CHECK(found_by({{"2025-12-31", before->tables}}, now->tables) == "AP-0217");
}

TEST_CASE("protected figures: another name of an indicator hides no difference") {
  const auto before =
      protect_figures(indicator_of(Measure::kCount, 1), counts(10, 20, 30), value_of, kOn);
  Indicator renamed = indicator_of(Measure::kCount, 1);
  renamed.id = "other";
  const auto now = protect_figures(renamed, counts(11, 20, 30), value_of, kOn);
  REQUIRE((before && now));
  CHECK(found_by({{"2025-12-31", before->tables}}, now->tables) == "AP-0217");
  CHECK(found_by({{"2025-12-31", before->tables}}, before->tables) == "");
}

TEST_CASE("protected figures: another name of a dimension hides no difference of its values") {
  // Totals are the same, so that the values alone tell.
  const auto before =
      protect_figures(indicator_of(Measure::kCount, 1), counts(10, 20, 30), value_of, kOn);
  Indicator renamed = indicator_of(Measure::kCount, 1);
  renamed.dimensions.front().id = "other";
  const auto now = protect_figures(renamed, counts(11, 19, 30), value_of, kOn);
  REQUIRE((before && now));
  CHECK(found_by({{"2025-12-31", before->tables}}, now->tables) == "AP-0217");
}

TEST_CASE("protected figures: rows of a day that were told otherwise are not told again") {
  const auto counted =
      protect_figures(indicator_of(Measure::kCount, 1), counts(10, 20, 30), value_of, kOn);
  auto groups = counts(10, 20, 30);
  for (Group& group : groups) group.tally.valued = group.tally.rows;
  const auto summed = protect_figures(indicator_of(Measure::kSum, 1), groups, value_of, kOn);
  REQUIRE((counted && summed));
  CHECK(found_by({}, summed->tables) == "");
  CHECK(found_by({{"2026-01-31", counted->tables}}, summed->tables) == "AP-0217");
  CHECK(found_by({{"2025-12-31", counted->tables}}, summed->tables) == "");
  // Rows of another form have nothing to do with them.
  Indicator elsewhere = indicator_of(Measure::kCount, 1);
  elsewhere.form = "g";
  const auto others = protect_figures(elsewhere, counts(11, 20, 30), value_of, kOn);
  REQUIRE(others.has_value());
  CHECK(found_by({{"2026-01-31", others->tables}}, summed->tables) == "");
}

TEST_CASE("protected figures: more numbers than can be protected in time are refused") {
  std::vector<Group> groups;
  for (int i = 0; i < 5'000; ++i) {
    Group group{{std::to_string(i)}, {}};
    group.tally.rows = 9;
    groups.push_back(std::move(group));
  }
  const auto made = protect_figures(indicator_of(Measure::kCount, 1), groups, value_of, kOn);
  REQUIRE_FALSE(made.has_value());
  CHECK(made.error().id == "AP-0218");
}

TEST_CASE("protected figures: a table comes back from its JSON") {
  const auto made = protect_figures(indicator_of(Measure::kSum, 2), {}, value_of, kOn);
  REQUIRE(made.has_value());
  REQUIRE(made->tables.size() == 1);
  const auto again = CountedTable::from_json(made->tables.front().to_json());
  REQUIRE(again.has_value());
  CHECK(again->to_json() == made->tables.front().to_json());
  CHECK_FALSE(CountedTable::from_json(json::object{{"name", "x"}}).has_value());
  CHECK_FALSE(CountedTable::from_json(nullptr).has_value());
}

}  // namespace
}  // namespace zicht::app::internal
