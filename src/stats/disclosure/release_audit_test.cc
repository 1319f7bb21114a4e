// The audit of releases: everything that is planted is found, by kind; what is safe is clean; and
// never "clean" where trying out every filling of 1,000 random tables finds a breach.
#include "stats/disclosure/release_audit.h"

#include <doctest/doctest.h>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <functional>
#include <map>

#include "base/rng.h"

namespace zicht::stats {
namespace {

CsvTable csv_of(const std::string& text, const std::string& file) {
  auto csv = CsvTable::parse(text, {.file = file});
  REQUIRE(csv.has_value());
  return *std::move(csv);
}

TableSpec spec_of(const std::string& text) {
  const auto json = parse_json(text);
  REQUIRE(json.has_value());
  auto spec = spec_from_json(*json);
  REQUIRE_MESSAGE(spec.has_value(), describe(spec.error()));
  return *std::move(spec);
}

// Rows "code,code,number": hidden where the number has an asterisk. First the columns.
ReleaseTable table_of(const std::string& name, const std::string& spec,
                      const std::vector<std::string>& rows) {
  std::string truth = rows[0] + "\n";
  std::string published =
      rows[0].substr(0, rows[0].rfind(',')) + ",status" + rows[0].substr(rows[0].rfind(',')) + "\n";
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::string codes = rows[i].substr(0, rows[i].rfind(','));
    std::string number = rows[i].substr(rows[i].rfind(',') + 1);
    const bool is_hidden = number.back() == '*';
    if (is_hidden) number.pop_back();
    truth += codes + "," + number + "\n";
    published += codes + (is_hidden ? ",hidden," : ",published," + number) + "\n";
  }
  return {.name = name,
          .truth = csv_of(truth, name + ".csv"),
          .spec = spec_of(spec),
          .published = csv_of(published, name + "-published.csv")};
}

ReleaseAudit audited(const std::vector<Release>& editions) {
  InlineExecutor here;
  auto found = audit_release(editions, here);
  REQUIRE_MESSAGE(found.has_value(), describe(found.error()));
  return *std::move(found);
}

bool has(const ReleaseAudit& found, FindingKind kind) {
  return std::ranges::any_of(found.findings(),
                             [kind](const Finding& one) { return one.kind == kind; });
}

std::string error_of(const std::vector<Release>& editions) {
  InlineExecutor here;
  const auto found = audit_release(editions, here);
  return found ? "" : found.error().id;
}

constexpr const char* kPlaces =
    R"({"dimensions": {"place": {"total": "NL"}, "sex": {"total": "T"}}, "frequency": "n",
        "rules": {"threshold": {"minimum": 5}}})";

const std::vector<std::string> kSafe = {"place,sex,n", "NL,T,95", "NL,m,47", "NL,v,48", "a,T,35",
                                        "a,m,3*",      "a,v,32*", "b,T,40",  "b,m,30*", "b,v,10*",
                                        "c,T,20",      "c,m,14",  "c,v,6"};

Release safe_release(const std::string& edition = "2026") {
  return {.title = "Places", .edition = edition, .tables = {table_of("places", kPlaces, kSafe)}};
}

ReleaseAudit with_row(std::size_t row, const std::string& text) {
  auto rows = kSafe;
  rows[row] = text;
  Release release = safe_release();
  release.tables[0] = table_of("places", kPlaces, rows);
  return audited({release});
}

TEST_CASE("release audit: a safe release is clean, and says what it looked at") {
  const ReleaseAudit found = audited({safe_release()});
  CHECK(found.is_clean());
  CHECK(found.cells() == 12);
  CHECK(found.sensitive() == 1);
  CHECK(json::serialize(found.to_json()).find(R"("clean":true)") != std::string::npos);
}

TEST_CASE("release audit: every cell of the pattern that is shown after all is found") {
  CHECK(has(with_row(5, "a,m,3"), FindingKind::kShown));
  CHECK(has(with_row(6, "a,v,32"), FindingKind::kInterval));
  CHECK(has(with_row(8, "b,m,30"), FindingKind::kInterval));
  CHECK(has(with_row(9, "b,v,10"), FindingKind::kInterval));
}

TEST_CASE("release audit: tells no value that is hidden") {
  const ReleaseAudit found = with_row(6, "a,v,32");
  const std::string told = json::serialize(found.to_json()) + found.text("nl") + found.text("en");
  CHECK(told.find("\"exact\":true") != std::string::npos);
  CHECK(told.find("n=3") == std::string::npos);
  CHECK(told.find("\"value\":3") == std::string::npos);
  CHECK(told.find("lower") == std::string::npos);
}

struct Planted {
  std::string published{};
  std::string detail{};
};

TEST_CASE("release audit: a published file that was tampered with is found") {
  const std::string head =
      "place,sex,status,n\nNL,T,published,95\nNL,m,published,47\n"
      "NL,v,published,48\na,T,published,35\na,m,hidden,";
  const std::string middle = "\na,v,hidden,\nb,T,published,40\nb,m,hidden,\nb,v,hidden,\n";
  const std::string end = "c,T,published,20\nc,m,published,14\nc,v,published,6\n";
  const std::vector<Planted> all = {
      {head + "3" + middle + end, "hidden_value"},
      {head + middle + "c,T,published,21\nc,m,published,14\nc,v,published,6\n", "value"},
      {head + middle + "c,T,published,\nc,m,published,14\nc,v,published,6\n", "value"},
      {head + middle + "c,T,published,20\nc,m,published,14\n", "missing"},
      {head + middle + end + "d,T,published,1\n", "extra"},
      {head + middle + end + "c,T,published,20\n", "twice"},
      {head + middle + "c,T,secret,20\nc,m,published,14\nc,v,published,6\n", "status"}};
  for (const Planted& one : all) {
    CAPTURE(one.published);
    Release release = safe_release();
    release.tables[0].published = csv_of(one.published, "p.csv");
    const ReleaseAudit found = audited({release});
    CHECK(std::ranges::any_of(found.findings(), [&](const Finding& finding) {
      return finding.kind == FindingKind::kAltered && finding.detail == one.detail;
    }));
  }
  Release release = safe_release();
  release.tables[0].published = csv_of("place,sex,status,n,who\na,m,hidden,,Jan\n", "p.csv");
  CHECK(audited({release}).findings().front().detail == "column");
}

TEST_CASE("release audit: a cell that another table shows is found") {
  Release release = safe_release();
  constexpr const char* kOther = R"({"dimensions": {"place": {"total": "NL"}, "sex": {"total": "T"},
      "age": {"total": "all"}}, "frequency": "n", "rules": {"threshold": {"minimum": 5}}})";
  release.tables.push_back(
      table_of("ages", kOther, {"place,sex,age,n", "a,m,all,3*", "a,v,all,32", "a,T,all,35"}));
  const ReleaseAudit found = audited({release});
  CAPTURE(found.text("en"));
  CHECK(has(found, FindingKind::kInterval));
  release.tables[1] = table_of("ages", kOther, {"place,sex,age,n", "a,m,all,4*"});
  CHECK(error_of({release}) == "SA-0048");
}

TEST_CASE(
    "release audit: somebody who is alone opens the cells beside him, by name in all tables") {
  const std::vector<std::string> rows = {"place,sex,n", "NL,T,42", "NL,m,20", "NL,v,22", "a,T,20*",
                                         "a,m,1*",      "a,v,19*", "b,T,22*", "b,m,19*", "b,v,3*"};
  const auto found = [&](const std::string& who) {
    Release release = safe_release();
    release.tables[0] = table_of(
        "places",
        R"({"dimensions": {"place": {"total": "NL"}, "sex": {"total": "T"}}, "frequency": "n",
            "intervals": false, "rules": {"threshold": {"minimum": 5}}})",
        rows);
    (void)who;
    return audited({release});
  };
  CHECK_FALSE(has(found(""), FindingKind::kSingleton));
  Release release = safe_release();
  auto square = kSafe;
  square[5] = "a,m,1*";
  square[4] = "a,T,33";
  square[1] = "NL,T,93";
  square[2] = "NL,m,45";
  square[9] = "b,v,10*";
  square[8] = "b,m,30*";
  release.tables[0] = table_of("places", kPlaces, square);
  // Alone in a: with his own count he knows all others; they are no secret but for small ones.
  CHECK(audited({release}).findings().empty());
  square[9] = "b,v,4*";
  square[8] = "b,m,36*";
  square[3] = "NL,v,42";
  square[2] = "NL,m,51";
  release.tables[0] = table_of("places", kPlaces, square);
  CHECK(has(audited({release}), FindingKind::kSingleton));
}

TEST_CASE("release audit: a known sum matters where the rules would hide the sum") {
  constexpr const char* kAmounts =
      R"({"dimensions": {"sector": {"total": "T"}}, "frequency": "n", "value": "turnover",
          "largest": ["x1"], "rules": {"dominance": {"n": 1, "share": 0.8}}})";
  const auto table = [&](const std::string& x1) {
    ReleaseTable one;
    one.name = "turnover";
    one.truth = csv_of("sector,n,turnover,x1\nT,30,1000,200\na,5,200," + x1 +
                           "\nb,5,100,90\nc,10,350,50\nd,10,350,50\n",
                       "t.csv");
    one.published = csv_of(
        "sector,status,turnover\nT,published,1000\na,hidden,\nb,hidden,\nc,published,350\n"
        "d,published,350\n",
        "p.csv");
    one.spec = spec_of(kAmounts);
    return one;
  };
  Release release{.title = "t", .edition = "1", .tables = {table("40")}};
  CHECK_FALSE(has(audited({release}), FindingKind::kSum));
  release.tables[0] = table("199");
  const auto one = audited({release});
  // The largest of both holds two thirds of the sum only.
  CHECK_FALSE(has(one, FindingKind::kSum));
  release.tables[0].spec.dominance->share = 0.6;
  CHECK(has(audited({release}), FindingKind::kSum));
}

constexpr const char* kRegions =
    R"({"dimensions": {"region": {"parts": {"A": ["p", "q", "r"], "B": ["p", "q"]}}},
        "frequency": "n", "rules": {"threshold": {"minimum": 5}}})";

TEST_CASE("release audit: regions that overlap set a small group apart") {
  Release release{.title = "r", .edition = "1"};
  release.tables.push_back(table_of("regions", kRegions, {"region,n", "A,103", "B,100"}));
  const ReleaseAudit found = audited({release});
  REQUIRE(has(found, FindingKind::kDifference));
  CHECK(found.findings()[0].cells[0].codes[0].second == "A");
  release.tables[0] = table_of("regions", kRegions, {"region,n", "A,130", "B,100"});
  CHECK(audited({release}).is_clean());
  release.tables[0] = table_of("regions", kRegions, {"region,n", "A,103*", "B,100"});
  CHECK(audited({release}).is_clean());
  // Three regions of which no two differ by a place: two of p, q, r and all of them.
  constexpr const char* kThree =
      R"({"dimensions": {"region": {"parts": {"A": ["p", "q"], "B": ["q", "r"], "C": ["p", "r"]}}},
          "frequency": "n", "rules": {"threshold": {"minimum": 5}}})";
  release.tables[0] = table_of("regions", kThree, {"region,n", "A,50", "B,51", "C,95"});
  CHECK(has(audited({release}), FindingKind::kDifference));
  release.tables[0] = table_of("regions", kThree, {"region,n", "A,50", "B,70", "C,80"});
  CHECK(audited({release}).is_clean());
}

constexpr const char* kGrowing =
    R"({"dimensions": {"place": {"total": "NL"}}, "frequency": "n",
        "rules": {"threshold": {"minimum": 5}}})";

// Twelve months of a running count; `small` is the month in which few came, 0: none.
std::vector<Release> months(std::size_t small) {
  std::vector<Release> all;
  int a = 100, b = 100;
  for (std::size_t month = 1; month <= 12; ++month) {
    a += month == small ? 2 : 20;
    b += 30;
    all.push_back({.title = "m",
                   .edition = "2025-" + std::to_string(month),
                   .tables = {table_of("growing", kGrowing,
                                       {"place,n", "NL," + std::to_string(a + b),
                                        "a," + std::to_string(a), "b," + std::to_string(b)})}});
  }
  return all;
}

TEST_CASE("release audit: a small group between two of twelve editions is found wherever it is") {
  CHECK(audited(months(0)).is_clean());
  for (std::size_t small = 2; small <= 12; ++small) {
    CAPTURE(small);
    const ReleaseAudit found = audited(months(small));
    REQUIRE(has(found, FindingKind::kChange));
    const auto change = std::ranges::find(found.findings(), FindingKind::kChange, &Finding::kind);
    CHECK(change->cells[0].edition == "2025-" + std::to_string(small));
    CHECK(change->cells[0].codes[0].second == "a");
  }
}

TEST_CASE("release audit: somebody who stays alone in a cell learns nothing of it by himself") {
  const auto edition = [](const std::string& name, const std::string& all, const std::string& law) {
    return Release{
        .title = "m",
        .edition = name,
        .tables = {table_of("growing", kGrowing,
                            {"place,n", "NL," + all, "law," + law, "land,1*", "money,6*"})}};
  };
  const std::vector<Release> both = {edition("1", "17", "10"), edition("2", "27", "20")};
  const auto found = audited(both);
  CAPTURE(found.text("en"));
  CHECK(found.is_clean());
  // Two persons who are not known to be one do.
  auto separate = both;
  separate[1].tables[0] =
      table_of("growing", kGrowing, {"place,n", "NL,28", "law,20", "land,2*", "money,6*"});
  CHECK_FALSE(audited(separate).is_clean());
}

TEST_CASE("release audit: counts at a moment are the same only within a period") {
  constexpr const char* kMoments =
      R"({"dimensions": {"place": {"total": "NL"}, "year": {"total": "all"}}, "frequency": "n",
          "rules": {"threshold": {"minimum": 5}}, "editions": "separate", "period": "year"})";
  const auto edition = [&](const std::string& name, std::vector<std::string> rows) {
    rows.insert(rows.begin(), "place,year,n");
    return Release{.title = "y", .edition = name, .tables = {table_of("years", kMoments, rows)}};
  };
  const auto first = edition("1", {"NL,2024,50", "a,2024,3*", "b,2024,47*"});
  CHECK(audited({first, edition("2", {"NL,2025,51", "a,2025,20", "b,2025,31"})}).is_clean());
  const auto again = edition("2", {"NL,2024,50", "a,2024,3*", "b,2024,47"});
  CHECK(has(audited({first, again}), FindingKind::kInterval));
}

TEST_CASE("release audit: rounding leaves a range, and what is no rounding is found") {
  const std::string rules = R"({"dimensions": {"place": {"total": "NL"}}, "frequency": "n",
      "rules": {"threshold": {"minimum": 5}}, "method": "rounding", "base": 5})";
  ReleaseTable one{.name = "rounded",
                   .truth = csv_of("place,n\nNL,53\na,3\nb,24\nc,26\n", "t.csv"),
                   .spec = spec_of(rules),
                   .published = csv_of("place,status,n\nNL,rounded,55\na,rounded,5\nb,rounded,25\n"
                                       "c,rounded,25\n",
                                       "p.csv")};
  Release release{.title = "r", .edition = "1", .tables = {one}};
  CHECK(audited({release}).is_clean());
  release.tables[0].published =
      csv_of("place,status,n\nNL,rounded,55\na,rounded,3\nb,rounded,30\nc,rounded,25\n", "p.csv");
  const ReleaseAudit found = audited({release});
  CHECK(has(found, FindingKind::kAltered));
  CHECK(has(found, FindingKind::kShown));
}

TEST_CASE("release audit: says that it does not judge ranges of cell keys") {
  Release release = safe_release();
  auto& table = release.tables[0];
  table.spec.method = ProtectionMethod::kCellKey;
  table.published = csv_of(
      "place,sex,status,n\nNL,T,noisy,95\nNL,m,noisy,46\nNL,v,noisy,50\na,T,noisy,35\n"
      "a,m,noisy,4\na,v,noisy,32\nb,T,noisy,40\nb,m,noisy,30\nb,v,noisy,10\nc,T,noisy,20\n"
      "c,m,noisy,14\nc,v,noisy,6\n",
      "p.csv");
  const ReleaseAudit found = audited({release});
  CHECK(found.is_clean());
  REQUIRE(found.not_judged().size() == 1);
  CHECK(found.text("nl").find("geen marges") != std::string::npos);
  release.tables.push_back(table_of("places2", kPlaces, kSafe));
  CHECK(has(audited({release}), FindingKind::kUndecided));
}

TEST_CASE("release audit: refuses what is no release, with one reason") {
  CHECK(error_of({}) == "SA-0045");
  InlineExecutor here;
  CHECK(audit_release({safe_release()}, here, 11).error().id == "SA-0049");
  CHECK(error_of({safe_release("2026"), safe_release("2025")}) == "SA-0046");
  CHECK(error_of({safe_release("2026"), safe_release("2026")}) == "SA-0046");
  Release release = safe_release();
  release.tables.push_back(
      table_of("other",
               R"({"dimensions": {"place": {"total": "Nederland"}}, "frequency": "n",
          "rules": {"threshold": {"minimum": 5}}})",
               {"place,n", "Nederland,95", "a,35", "b,40", "c,20"}));
  CHECK(error_of({release}) == "SA-0047");
  CHECK(is_older_edition("2025-9", "2025-10"));
  CHECK_FALSE(is_older_edition("2026-1", "2025-12"));
  CHECK_FALSE(is_older_edition("2026", "2026"));
}

TEST_CASE("release: release.yaml is read, with everything that is wrong at once") {
  const auto read = [](const char* text) { return release_from_json(*parse_json(text)); };
  const auto good = read(R"({"title": "t", "edition": 2026, "tables": [
      {"name": "a", "table": "a.csv", "spec": "a.yaml", "published": "out/a.csv"}]})");
  REQUIRE(good.has_value());
  CHECK(good->edition == "2026");
  CHECK(good->tables[0].published == "out/a.csv");
  const auto bad = read(R"({"title": "t", "editon": 1, "tables": [
      {"name": "a", "table": "../a.csv", "spec": "/a.yaml", "published": "a.csv"},
      {"name": "a", "table": "b.csv", "spec": 1.5, "published": "b/../../b.csv"}]})");
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().id == "SA-0042");
  std::map<std::string, int> ids;
  for (const Problem& one : bad.error().problems) ++ids[one.id];
  CHECK(ids == std::map<std::string, int>{
                   {"SA-0002", 1}, {"SA-0003", 1}, {"SA-0004", 1}, {"SA-0043", 3}, {"SA-0044", 1}});
  const auto empty = read(R"({"title": "t", "edition": "1", "tables": []})");
  REQUIRE_FALSE(empty.has_value());
  CHECK(empty.error().problems[0].id == "SA-0045");
}

// Two by three places with all totals, small numbers, a random pattern.
struct RandomTable {
  std::vector<int> values{};  // row by row, the totals last
  std::vector<bool> hidden{};
};

constexpr int kRows = 3, kColumns = 4;  // totals included

std::vector<int> added_up(const std::vector<int>& inner) {
  std::vector<int> all(kRows * kColumns, 0);
  for (int r = 0; r < kRows - 1; ++r) {
    for (int c = 0; c < kColumns - 1; ++c) {
      const int value = inner[static_cast<std::size_t>(r * (kColumns - 1) + c)];
      for (const int row : {r, kRows - 1}) {
        for (const int column : {c, kColumns - 1}) {
          all[static_cast<std::size_t>(row * kColumns + column)] += value;
        }
      }
    }
  }
  return all;
}

// Which cells are zero is no secret, and may tell already that a cell is no less than it is.
std::vector<int> least_by_zeros(const RandomTable& table,
                                const std::vector<std::vector<int>>& fillings) {
  std::vector<int> least(table.values.size(), 1 << 20);
  for (const auto& filling : fillings) {
    bool fits = true;
    for (std::size_t i = 0; fits && i < filling.size(); ++i) {
      fits = (filling[i] == 0) == (table.values[i] == 0);
    }
    if (!fits) continue;
    for (std::size_t i = 0; i < filling.size(); ++i) least[i] = std::min(least[i], filling[i]);
  }
  return least;
}

// What an attacker who tries every filling finds: the range of each cell that is 1 or 2.
bool breach_by_hand(const RandomTable& table, const std::vector<std::vector<int>>& fillings) {
  std::vector<int> least(table.values.size(), 1 << 20);
  std::vector<int> most(table.values.size(), -1);
  for (const auto& filling : fillings) {
    bool fits = true;
    for (std::size_t i = 0; fits && i < filling.size(); ++i) {
      fits = table.hidden[i] ? filling[i] >= 1 : filling[i] == table.values[i];
    }
    if (!fits) continue;
    for (std::size_t i = 0; i < filling.size(); ++i) {
      least[i] = std::min(least[i], filling[i]);
      most[i] = std::max(most[i], filling[i]);
    }
  }
  const std::vector<int> known = least_by_zeros(table, fillings);
  for (std::size_t i = 0; i < table.values.size(); ++i) {
    const int value = table.values[i];
    if (value < 1 || value > 2) continue;
    const bool is_open = table.hidden[i] && most[i] >= 3 && (known[i] == value || least[i] < value);
    if (!is_open) return true;
  }
  return false;
}

std::string code_of(const char* letters, int at, int total) {
  return at == total ? "T" : std::string(1, letters[at]);
}

TEST_CASE("release audit: says what every filling of 1,000 random tables says") {
  constexpr const char* kSpec =
      R"({"dimensions": {"r": {"total": "T"}, "c": {"total": "T"}}, "frequency": "n",
          "singletons": false, "rules": {"threshold": {"minimum": 3}}})";
  constexpr int kMost = 6;
  std::vector<std::vector<int>> all;
  std::vector<int> inner(6, 0);
  while (true) {
    all.push_back(added_up(inner));
    std::size_t digit = 0;
    while (digit < inner.size() && inner[digit] == kMost) inner[digit++] = 0;
    if (digit == inner.size()) break;
    ++inner[digit];
  }
  SeededRng rng(5);
  int clean = 0, breached = 0, false_alarms = 0;
  for (int round = 0; round < 1'000; ++round) {
    for (int& value : inner) value = static_cast<int>(rng.below(4));
    RandomTable table{.values = added_up(inner)};
    std::vector<std::string> rows{"r,c,n"};
    for (int at = 0; at < kRows * kColumns; ++at) {
      const int value = table.values[static_cast<std::size_t>(at)];
      const bool is_small = value == 1 || value == 2;
      // Totals stay, so that no filling has a cell above 6.
      const bool is_inner = at % kColumns < kColumns - 1 && at / kColumns < kRows - 1;
      const bool hides = value > 0 && (is_small || (is_inner && rng.below(100) < 75));
      table.hidden.push_back(hides);
      rows.push_back(code_of("abcd", at / kColumns, kRows - 1) + "," +
                     code_of("wxyz", at % kColumns, kColumns - 1) + "," + std::to_string(value) +
                     (hides ? "*" : ""));
    }
    const bool is_breach = breach_by_hand(table, all);
    Release release{.title = "x", .edition = "1", .tables = {table_of("t", kSpec, rows)}};
    const ReleaseAudit found = audited({release});
    CAPTURE(round);
    if (is_breach) REQUIRE_FALSE(found.is_clean());
    (is_breach ? breached : clean) += 1;
    false_alarms += !is_breach && !found.is_clean() ? 1 : 0;
  }
  MESSAGE(clean << " clean, " << breached << " breached, " << false_alarms << " false alarms");
  CHECK(clean >= 50);
  CHECK(breached >= 50);
  CHECK(false_alarms * 20 <= clean);
}

}  // namespace
}  // namespace zicht::stats
