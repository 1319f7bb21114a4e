// Detection from files to files: every method once, every refusal once, and the example of the
// tutorial.
#include <doctest/doctest.h>

#include <algorithm>

#include "stats/surveillance/detect.h"
#include "stats/testing/reference_files.h"

namespace zicht::stats {
namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

DetectRequest request_of(const std::string& method, const std::string& text) {
  DetectRequest request;
  request.method = method;
  request.today = Date::of(2026, 3, 1);
  const bool is_events = method.starts_with("scan") || method == "agreed-rules";
  (is_events ? request.events : request.counts) = text;
  (is_events ? request.events_file : request.counts_file) = "in.csv";
  return request;
}

std::string refused(const std::string& method, const std::string& text) {
  InlineExecutor executor;
  const auto found = detect(request_of(method, text), executor);
  return found ? "good" : found.error().id;
}

std::string weeks(int count, int last) {
  std::string out = "stream,period,count\n";
  for (int i = 1; i <= count; ++i) {
    out += "a," + std::to_string(i) + "," + std::to_string(i == count ? last : 2 + i % 3) + "\n";
    out += "b," + std::to_string(i) + "," + std::to_string(2 + i % 2) + "\n";
  }
  return out;
}

TEST_CASE("detect: every method on streams finds a high last week, and only that") {
  InlineExecutor executor;
  for (const auto* method :
       {"farrington", "farrington-flexible", "ears-c1", "ears-c2", "cusum", "glr"}) {
    const auto found = detect(request_of(method, weeks(300, 40)), executor);
    REQUIRE_MESSAGE(found, method);
    REQUIRE(found->rows.size() == 2);
    CHECK_MESSAGE(found->rows[0].judgement.is_alarm, method);
    CHECK_MESSAGE(!found->rows[1].judgement.is_alarm, method);
    CHECK(found->rows[0].period == "300");
  }
  CHECK(refused("ears-c3", weeks(300, 40)) == "good");
}

TEST_CASE("detect: answers are the same as CSV, JSON and a page") {
  InlineExecutor executor;
  auto request = request_of("ears-c1", weeks(30, 40));
  request.settings = {{"judge_last", 25}, {"false_discovery", 0.1}};
  const auto found = detect(request, executor);
  REQUIRE(found);
  const auto csv = found->csv();
  CHECK(csv.starts_with("stream,period,count,expected,bound,score,p_value,q_value,alarm,why_not"));
  CHECK(has(csv, "a,30,40,"));
  CHECK(has(csv, "short_history"));
  CHECK(found->to_json().at("rows").as_array().size() == 50);
  const auto page = found->html("nl");
  CHECK(has(page, "<svg"));
  CHECK(has(page, "Er gaan te weinig perioden aan vooraf"));
  CHECK(has(found->html("en"), "A signal is a question"));
}

TEST_CASE("detect: bad counts are refused in one message each") {
  CHECK(refused("best", "") == "SA-0100");
  CHECK(refused("cusum", "stream,period,count\na,1,2\na,1,3\n") == "SA-0101");
  CHECK(refused("cusum", "stream,period,count\na,1,-2\n") == "SA-0102");
  CHECK(refused("cusum", "stream,period,count\na,1,2.5\n") == "SA-0102");
  CHECK(refused("cusum", "stream,period,count\na,2026-03-02,2\n") == "SA-0103");
  CHECK(refused("cusum", "stream,period,count\n") == "SA-0104");
  CHECK(refused("cusum", "stream,period,count\n1,a,2\n") == "SA-0105");
  CHECK(refused("cusum", "stream,period,count\na,1,2\na,2026-01-01,2\n") == "SA-0105");
  CHECK(refused("cusum", "stream,period,count\na,1,2\na,900000,2\n") == "SA-0106");
  CHECK(refused("cusum", "stream,period,count\na,1,NaN\n") == "SA-0099");
  CHECK(refused("cusum", "stream,count\na,1\n") == "SA-0098");
  std::string wide = "stream,period,count";
  for (int i = 0; i < 2000; ++i) wide += ",c" + std::to_string(i);
  CHECK(refused("cusum", wide + "\n") == "SA-0093");
  InlineExecutor executor;
  auto request = request_of("cusum", "stream,period,count\na,1,2\n");
  request.settings = {{"alhpa", 0.1}};
  CHECK(detect(request, executor).error().id == "SA-0107");
  request.settings = {{"k", "much"}};
  CHECK(detect(request, executor).error().id == "SA-0107");
  CHECK(detect(DetectRequest{.method = "cusum", .today = {}}, executor).error().id == "SA-0108");
}

TEST_CASE("detect: gaps, zeros only and one point say why they are not judged") {
  InlineExecutor executor;
  const auto why = [&](const std::string& text) {
    return detect(request_of("ears-c1", text), executor)->rows.at(0).judgement.why_not;
  };
  CHECK(why("stream,period,count\na,1,2\n") == NotJudged::kShortHistory);
  CHECK(why("stream,period,count\na,1,2\na,9,2\n") == NotJudged::kGaps);
  CHECK(why("stream,period,count\na,1,2\na,9,\n") == NotJudged::kNoCount);
  std::string zeros = "stream,period,count\n";
  for (int i = 1; i < 20; ++i) zeros += "a," + std::to_string(i) + ",0\n";
  CHECK(why(zeros) == NotJudged::kNoSpread);
}

TEST_CASE("detect: weeks and months follow each other by date") {
  InlineExecutor executor;
  auto request = request_of(
      "ears-c1", "stream,period,count\na,2025-12-29,1\na,2026-01-07,2\na,2026-01-12,3\n");
  request.settings = {{"judge_last", 9}};
  CHECK(detect(request, executor)->rows.size() == 3);
  request.settings = {{"judge_last", 9}, {"periods_a_year", 12}};
  request.counts = "stream,period,count\na,2025-12-29,1\na,2026-01-07,2\n";
  const auto found = detect(request, executor);
  REQUIRE(found->rows.size() == 2);
  CHECK(found->rows[1].period == "2026-01-01");
}

std::string scan_events(int cluster) {
  std::string out = "place,longitude,latitude,population,period,count\n";
  for (int p = 0; p < 12; ++p) {
    for (int t = 1; t <= 6; ++t) {
      const int count = p < 2 && t >= 5 ? cluster : 2;
      out += "p" + std::to_string(p) + "," + std::to_string(4 + p * 0.1) + ",52,1000," +
             std::to_string(t) + "," + std::to_string(count) + "\n";
    }
  }
  return out;
}

TEST_CASE("detect: scans find places and periods, agreed rules a key") {
  InlineExecutor executor;
  for (const auto* method : {"scan", "scan-permutation"}) {
    auto request = request_of(method, scan_events(15));
    request.settings = {{"replicates", 99}};
    const auto found = detect(request, executor);
    REQUIRE(found);
    REQUIRE(!found->rows.empty());
    CHECK(found->rows[0].stream.size() == 5);
    CHECK(has(found->rows[0].stream, "p0"));
    CHECK(has(found->rows[0].stream, "p1"));
    CHECK(found->rows[0].period == "5/6");
    CHECK(found->rows[0].judgement.is_alarm);
  }
  CHECK(refused("scan",
                "place,longitude,latitude,population,period,count\n"
                "a,5,52,10,1,2\na,6,52,10,2,2\n") == "SA-0109");
  CHECK(refused("scan", "place,longitude,latitude,population,period,count\na,52,152,10,1,2\n") ==
        "SA-0121");
  const auto met = detect(request_of("agreed-rules",
                                     "key,source,date\nt,a,2026-01-01\nt,b,2026-01-09\n"
                                     "t,c,2026-02-01\nu,a,2026-01-01\n"),
                          executor);
  REQUIRE(met);
  REQUIRE(met->rows.size() == 1);
  CHECK(met->rows[0].stream == "t");
  CHECK(met->rows[0].period == "2026-01-01/2026-02-01");
  CHECK(refused("agreed-rules", "key,source,date\nt,a,2026-09-01\n") == "SA-0103");
}

TEST_CASE("detect: cases are held against what was expected of each place and week") {
  InlineExecutor executor;
  std::string text = "place,longitude,latitude,expected,period,count\n";
  for (int p = 0; p < 12; ++p) {
    for (int t = 1; t <= 6; ++t) {
      // Half of the places have twice the cases, as expected; one has more in the last two weeks.
      const int usual = p % 2 == 0 ? 4 : 2;
      const int count = p == 3 && t >= 5 ? 14 : usual;
      text += "p" + std::to_string(p) + "," + std::to_string(4 + p * 0.1) + ",52," +
              std::to_string(usual) + "," + std::to_string(t) + "," + std::to_string(count) + "\n";
    }
  }
  auto request = request_of("scan-expectation", text);
  request.settings = {{"replicates", 99}};
  const auto found = detect(request, executor);
  REQUIRE(found);
  REQUIRE(!found->rows.empty());
  CHECK(found->rows[0].stream == "p3");
  CHECK(found->rows[0].period == "5/6");
  CHECK(found->rows[0].judgement.expected == doctest::Approx(4));
  CHECK(found->rows[0].judgement.is_alarm);
  CHECK(refused("scan-expectation",
                "place,longitude,latitude,expected,period,count\na,5,52,,1,2\n") == "SA-0128");
}

TEST_CASE("detect: a stream that is too small is held against its group") {
  InlineExecutor executor;
  std::string text = "stream,group,count,expected\nodd,north,9,1\n";
  for (int i = 0; i < 20; ++i)
    text += "s" + std::to_string(i) + (i % 2 == 0 ? ",north," : ",south,") + std::to_string(i % 3) +
            ",1\n";
  const auto found = detect(request_of("shrinkage", text), executor);
  REQUIRE(found);
  REQUIRE(found->rows.size() == 21);
  CHECK(found->rows[0].stream == "odd");
  CHECK(found->rows[0].judgement.is_alarm);
  CHECK(std::none_of(found->rows.begin() + 1, found->rows.end(),
                     [](const auto& row) { return row.judgement.is_alarm; }));
  CHECK(refused("shrinkage", "stream,group,count,expected\na,x,1,1\na,x,2,1\n") == "SA-0101");
  CHECK(refused("shrinkage", "stream,group,count,expected\na,x,-1,1\n") == "SA-0128");
  CHECK(refused("shrinkage", "stream,group,count,expected\na,x,1,0\n") == "SA-0126");
}

TEST_CASE("detect: where nothing was heard though something was to be expected") {
  InlineExecutor executor;
  const auto found = detect(request_of("silent-places",
                                       "place,size,history,history_periods,heard,periods\n"
                                       "loud,1000,100,50,9,5\nquiet,1000,110,50,0,5\n"
                                       "tiny,10,1,50,0,5\n"),
                            executor);
  REQUIRE(found);
  REQUIRE(found->rows.size() == 3);
  CHECK_FALSE(found->rows[0].judgement.is_alarm);
  CHECK(found->rows[1].judgement.is_alarm);
  CHECK(found->rows[2].judgement.why_not == NotJudged::kTooFewCases);
}

TEST_CASE("detect: the last periods are completed by how late reports came before") {
  InlineExecutor executor;
  // Of two events a period, one is reported at once and one a period later.
  std::string text = "stream,period,reported,count\n";
  for (int t = 1; t <= 8; ++t) {
    text += "a," + std::to_string(t) + "," + std::to_string(t) + ",1\n";
    if (t < 8) text += "a," + std::to_string(t) + "," + std::to_string(t + 1) + ",\n";
  }
  auto request = request_of("reporting-delay", text);
  request.settings = {{"max_delay", 2}};
  const auto found = detect(request, executor);
  REQUIRE(found);
  REQUIRE(found->rows.size() == 8);
  CHECK(found->rows[0].judgement.expected == doctest::Approx(2));
  CHECK(found->rows[7].count == 1);
  CHECK(found->rows[7].judgement.expected == doctest::Approx(2));
  CHECK(refused("reporting-delay", "stream,period,reported,count\na,2,1,1\n") == "SA-0127");
  request.settings = {{"max_delay", 0}};
  CHECK(detect(request, executor).error().id == "SA-0110");
}

TEST_CASE("detect: the example of the tutorial gives what the tutorial says") {
  InlineExecutor executor;
  auto request = request_of(
      "ears-c2", testing::text_of_file("docs/handboek/voorbeelden/meldingen-per-week.csv"));
  const auto found = detect(request, executor);
  REQUIRE(found);
  CHECK(std::count_if(found->rows.begin(), found->rows.end(),
                      [](const auto& row) { return row.judgement.is_alarm; }) == 1);
  CHECK(found->rows[0].stream == "thema-a");
  CHECK(found->rows[0].judgement.is_alarm);
  const auto met = detect(
      request_of("agreed-rules", testing::text_of_file("docs/handboek/voorbeelden/meldingen.csv")),
      executor);
  REQUIRE(met);
  REQUIRE(met->rows.size() == 1);
  CHECK(met->rows[0].period == "2026-01-05/2026-02-20");
}

}  // namespace
}  // namespace zicht::stats
