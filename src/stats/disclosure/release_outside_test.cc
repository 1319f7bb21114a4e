// Releases without true values: what everybody can work out is found, by kind; what stays open is
// clean; and whatever follows for all fillings of 1,000 random tables is found as it follows.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/executor.h"
#include "base/rng.h"
#include "stats/disclosure/release_audit.h"

namespace zicht::stats {
namespace {

using Lines = std::vector<std::string>;

// "code,code,number", hidden where the number is absent; the first line names columns.
CsvTable published_of(const Lines& lines) {
  std::string text = lines[0].substr(0, lines[0].rfind(',')) + ",status" +
                     lines[0].substr(lines[0].rfind(',')) + "\n";
  for (std::size_t at = 1; at < lines.size(); ++at) {
    const std::string codes = lines[at].substr(0, lines[at].rfind(','));
    const std::string number = lines[at].substr(lines[at].rfind(',') + 1);
    text += codes + (number.empty() ? ",hidden," : ",published," + number) + "\n";
  }
  auto csv = CsvTable::parse(text, {.file = "p.csv"});
  REQUIRE_MESSAGE(csv.has_value(), text);
  return *std::move(csv);
}

ReleaseTable outside(const CsvTable& published, const char* rules, const char* name = "t") {
  auto spec = spec_from_json(*parse_json(rules));
  REQUIRE_MESSAGE(spec.has_value(), rules);
  return {.name = name,
          .truth = published,
          .spec = *std::move(spec),
          .published = published,
          .is_outside = true};
}

Release edition(const std::string& name, const Lines& lines, const char* rules,
                const std::string& day = "") {
  return {
      .title = "t", .edition = name, .day = day, .tables = {outside(published_of(lines), rules)}};
}

ReleaseAudit judged(const std::vector<Release>& editions) {
  InlineExecutor here;
  auto found = audit_release(editions, here);
  REQUIRE_MESSAGE(found.has_value(), describe(found.error()));
  return *std::move(found);
}

constexpr const char* kPlaces =
    R"({"dimensions": {"place": {"total": "NL"}}, "frequency": "n",
        "rules": {"threshold": {"minimum": 5}}})";

TEST_CASE("release from outside: hidden cells that stay open are clean") {
  const auto found = judged({edition("1", {"place,n", "NL,50", "a,", "b,", "c,30"}, kPlaces)});
  CAPTURE(found.text("en"));
  CHECK(found.is_clean());
  CHECK(found.cells() == 4);
  CHECK(found.sensitive() == 2);
}

TEST_CASE("release from outside: what is shown, follows, or can be no more than few is found") {
  const auto kinds = [](const Lines& lines) {
    const auto found = judged({edition("1", lines, kPlaces)});
    std::string all;
    for (const Finding& one : found.findings()) all += std::string(finding_name(one.kind)) + " ";
    return all;
  };
  CHECK(kinds({"place,n", "NL,50", "a,3", "b,17", "c,30"}) == "shown ");
  CHECK(kinds({"place,n", "NL,50", "a,", "b,17", "c,30"}) == "interval ");
  CHECK(kinds({"place,n", "NL,50", "a,", "b,", "c,46"}).find("interval") != std::string::npos);
  // Twenty are no secret, nor is that there is nobody.
  CHECK(kinds({"place,n", "NL,50", "a,", "b,0", "c,30"}) == "");
  CHECK(kinds({"place,n", "NL,51", "a,3", "b,17", "c,30"}) == "shown undecided ");
  const std::vector<std::pair<const char*, const char*>> altered = {
      {"a,hidden,3\nb,hidden,", "altered"},
      {"a,hidden,\nb,hidden,\nb,hidden,", "altered"},
      {"a,hidden,\nb,secret,", "altered"},
      {"a,hidden,\nb,published,", "altered"},
      {"a,hidden,\nb,published,1.5", "altered"}};
  for (const auto& [rows, kind] : altered) {
    CAPTURE(rows);
    const auto csv =
        CsvTable::parse("place,status,n\nNL,published,50\n" + std::string(rows) + "\n");
    REQUIRE(csv.has_value());
    const auto found = judged({{.title = "t", .edition = "1", .tables = {outside(*csv, kPlaces)}}});
    REQUIRE_FALSE(found.is_clean());
    CHECK(found.has(FindingKind::kAltered));
  }
}

TEST_CASE("release from outside: two editions whose difference is one person") {
  const auto first = edition("2026-01", {"place,n", "NL,50", "a,20", "b,30"}, kPlaces);
  const auto by = [](const std::string& a, const std::string& all) {
    return edition("2026-02", {"place,n", "NL," + all, "a," + a, "b,30"}, kPlaces);
  };
  CHECK(judged({first, by("21", "51")}).has(FindingKind::kChange));
  CHECK(judged({first, by("20", "50")}).is_clean());
  CHECK(judged({first, by("27", "57")}).is_clean());
  // Hidden beside what stays: it follows all the same. Then something else is hidden too.
  CHECK(judged({first, by("", "51")}).has(FindingKind::kChange));
  const auto both = edition("2026-02", {"place,n", "NL,60", "a,", "b,"}, kPlaces);
  const auto found = judged({first, both});
  CAPTURE(found.text("en"));
  CHECK(found.is_clean());
}

TEST_CASE("release from outside: of another definition, or of a day, or of one day") {
  const auto rules = [](const std::string& more) {
    return R"({"dimensions": {"place": {"total": "NL"}}, "frequency": "n", )" + more +
           R"("rules": {"threshold": {"minimum": 5}}})";
  };
  const Lines before{"place,n", "NL,50", "a,20", "b,30"}, after{"place,n", "NL,51", "a,21", "b,30"};
  const std::string one = rules(R"("definition": "x", )"), other = rules(R"("definition": "y", )"),
                    separate = rules(R"("editions": "separate", )");
  const auto judge = [&](const std::string& a, const std::string& b, const std::string& day) {
    return judged(
        {edition("1", before, a.c_str(), "2026-01-31"), edition("2", after, b.c_str(), day)});
  };
  CHECK(judge(one, other, "2026-02-28").is_clean());
  CHECK_FALSE(judge(one, one, "2026-02-28").is_clean());
  CHECK_FALSE(judge(one, other, "2026-01-31").is_clean());
  CHECK(judge(separate, separate, "2026-02-28").is_clean());
  CHECK_FALSE(judge(separate, separate, "2026-01-31").is_clean());
}

TEST_CASE("release from outside: amounts follow exactly or not; what does not add up is named") {
  constexpr const char* kAmounts =
      R"({"dimensions": {"place": {"total": "NL"}}, "frequency": "n", "value": "euro",
          "rules": {"threshold": {"minimum": 5}}})";
  CHECK(judged({edition("1", {"place,euro", "NL,50.5", "a,", "b,"}, kAmounts)}).is_clean());
  CHECK(judged({edition("1", {"place,euro", "NL,50.5", "a,", "b,20"}, kAmounts)})
            .has(FindingKind::kInterval));
  // Below zero, as somebody can see.
  CHECK(judged({edition("1", {"place,euro", "NL,5", "a,", "b,", "c,20"}, kAmounts)}).is_clean());
  constexpr const char* kRates =
      R"({"dimensions": {"place": {"total": "NL"}}, "value": "rate", "adds_up": false})";
  const auto rates = judged({edition("1", {"place,rate", "NL,50.5", "a,", "b,99"}, kRates)});
  CHECK(rates.is_clean());
  CHECK(rates.not_judged() == Lines{"t"});
  constexpr const char* kOpen =
      R"({"dimensions": {"place": {"total": "NL"}}, "frequency": "n", "method": "none"})";
  CHECK(judged({edition("1", {"place,n", "NL,3", "a,1", "b,2"}, kOpen)}).is_clean());
  CHECK_FALSE(judged({edition("1", {"place,n", "NL,3", "a,1", "b,"}, kOpen)}).is_clean());
}

TEST_CASE("release from outside: tables of one release that count something else keep apart") {
  constexpr const char* kOther =
      R"({"dimensions": {"place": {"total": "NL"}}, "frequency": "m",
          "rules": {"threshold": {"minimum": 5}}})";
  Release release = edition("1", {"place,n", "NL,50", "a,20", "b,30"}, kPlaces);
  release.tables.push_back(
      outside(published_of({"place,m", "NL,60", "a,20", "b,30", "c,10"}), kOther, "other"));
  CHECK(judged({release}).is_clean());
  // That one of them is mended tells nothing of whether the other grows.
  Release next = edition("2", {"place,n", "NL,44", "a,14", "b,30"}, kPlaces);
  next.tables.push_back(
      outside(published_of({"place,m", "NL,61", "a,", "b,", "c,10"}), kOther, "other"));
  CHECK(judged({release, next}).has(FindingKind::kChange));
}

TEST_CASE("release from outside: true values of some tables only are refused") {
  const auto read = release_from_json(*parse_json(R"({"title": "t", "edition": "1", "tables": [
      {"name": "a", "table": "a.csv", "spec": "a.yaml", "published": "b.csv"},
      {"name": "b", "spec": "a.yaml", "published": "b.csv"}]})"));
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().problems.front().id == "SA-0003");
  const auto good = release_from_json(*parse_json(R"({"title": "t", "edition": "1", "day": "d",
      "tables": [{"name": "b", "spec": "a.yaml", "published": "b.csv"}]})"));
  REQUIRE(good.has_value());
  CHECK(good->day == "d");
  CHECK(good->tables[0].table.empty());
}

// Two rows of three and all totals, small numbers, a random pattern.
constexpr int kWide = 4, kHigh = 3;

std::vector<int> with_totals(const std::vector<int>& inner) {
  std::vector<int> all(kWide * kHigh, 0);
  for (int row = 0; row < kHigh - 1; ++row) {
    for (int column = 0; column < kWide - 1; ++column) {
      const int value = inner[static_cast<std::size_t>(row * (kWide - 1) + column)];
      for (const int r : {row, kHigh - 1}) {
        for (const int c : {column, kWide - 1})
          all[static_cast<std::size_t>(r * kWide + c)] += value;
      }
    }
  }
  return all;
}

// Somebody who tries every filling: a cell is never more than 2, and not always nobody.
bool is_told_by_hand(const std::vector<int>& values, const std::vector<bool>& hidden,
                     const std::vector<std::vector<int>>& fillings) {
  std::vector<int> most(values.size(), 0);
  for (const auto& filling : fillings) {
    bool fits = true;
    for (std::size_t at = 0; fits && at < filling.size(); ++at) {
      fits = hidden[at] ? filling[at] >= 1 : filling[at] == values[at];
    }
    for (std::size_t at = 0; fits && at < filling.size(); ++at) {
      most[at] = std::max(most[at], filling[at]);
    }
  }
  return std::ranges::any_of(most, [](int value) { return value == 1 || value == 2; });
}

TEST_CASE("release from outside: finds what every filling of 1,000 random tables says") {
  constexpr const char* kSpec =
      R"({"dimensions": {"r": {"total": "T"}, "c": {"total": "T"}}, "frequency": "n",
          "rules": {"threshold": {"minimum": 3}}})";
  std::vector<std::vector<int>> all;
  std::vector<int> inner(6, 0);
  for (bool is_more = true; is_more;) {
    all.push_back(with_totals(inner));
    std::size_t digit = 0;
    while (digit < inner.size() && inner[digit] == 6) inner[digit++] = 0;
    is_more = digit < inner.size();
    if (is_more) ++inner[digit];
  }
  SeededRng rng(7);
  int clean = 0, told = 0, by_sums = 0;
  for (int round = 0; round < 1'000; ++round) {
    for (int& value : inner) value = static_cast<int>(rng.below(4));
    const std::vector<int> values = with_totals(inner);
    std::vector<bool> hidden;
    Lines lines{"r,c,n"};
    for (int at = 0; at < kWide * kHigh; ++at) {
      const int value = values[static_cast<std::size_t>(at)];
      const bool is_inner = at % kWide < kWide - 1 && at / kWide < kHigh - 1;
      const bool hides = value > 0 && (value < 3 || (is_inner && rng.below(100) < 75));
      hidden.push_back(hides);
      const std::string row =
          at / kWide == kHigh - 1 ? "T" : std::string(1, char('a' + at / kWide));
      const std::string column =
          at % kWide == kWide - 1 ? "T" : std::string(1, char('w' + at % kWide));
      lines.push_back(row + "," + column + "," + (hides ? "" : std::to_string(value)));
    }
    const bool is_told = is_told_by_hand(values, hidden, all);
    const auto found = judged({edition("1", lines, kSpec)});
    CAPTURE(round);
    if (is_told) REQUIRE_FALSE(found.is_clean());
    const bool by_cell = found.has(FindingKind::kShown) || found.has(FindingKind::kInterval);
    // Programmes look at real numbers, and so tell nothing of a cell that whole ones do not tell.
    if (!is_told) REQUIRE_FALSE(by_cell);
    by_sums += !is_told && !found.is_clean() ? 1 : 0;
    (is_told ? told : clean) += 1;
  }
  MESSAGE(clean << " open, " << told << " told, " << by_sums << " by sums alone");
  CHECK(clean >= 50);
  CHECK(told >= 50);
}

}  // namespace
}  // namespace zicht::stats
