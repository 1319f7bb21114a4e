// What was detected, as CSV, JSON and a page.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "stats/csv.h"
#include "stats/report.h"
#include "stats/surveillance/detect.h"

namespace zicht::stats {
namespace {

constexpr std::size_t kMostCharts = 30;

std::string plain(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }

json::value value_of(double value) {
  return std::isfinite(value) ? json::value(value) : json::value(nullptr);
}

void add_charts(HtmlReport& page, const std::vector<DetectRow>& rows, bool is_dutch) {
  std::map<std::string, std::vector<const DetectRow*>> streams;
  for (const auto& row : rows) streams[row.stream].push_back(&row);
  std::size_t drawn = 0;
  for (const auto& [stream, of_stream] : streams) {
    const bool is_any = std::any_of(of_stream.begin(), of_stream.end(),
                                    [](const auto* row) { return row->judgement.is_alarm; });
    if (!is_any || of_stream.size() < 2 || drawn == kMostCharts) continue;
    ++drawn;
    Chart chart{stream, is_dutch ? "Periode" : "Period", {}, {}};
    chart.series = {{is_dutch ? "Aantal" : "Count", {}, SeriesShape::kBars},
                    {is_dutch ? "Verwacht" : "Expected", {}, SeriesShape::kLine},
                    {is_dutch ? "Grens" : "Bound", {}, SeriesShape::kDashes},
                    {is_dutch ? "Signaal" : "Signal", {}, SeriesShape::kMarks}};
    for (const auto* row : of_stream) {
      chart.labels.push_back(row->period);
      chart.series[0].values.push_back(row->count);
      chart.series[1].values.push_back(row->judgement.expected);
      chart.series[2].values.push_back(row->judgement.bound);
      chart.series[3].values.push_back(row->judgement.is_alarm ? row->count : kUnknown);
    }
    page.chart(chart);
  }
}

}  // namespace

std::string Detected::csv() const {
  std::string out;
  append_csv_row(out, {"stream", "period", "count", "expected", "bound", "score", "p_value",
                       "q_value", "alarm", "why_not"});
  for (const auto& row : rows) {
    const auto& one = row.judgement;
    append_csv_row(out, {row.stream, row.period, plain(row.count), plain(one.expected),
                         plain(one.bound), plain(one.score), plain(one.p_value), plain(row.q_value),
                         one.is_alarm ? "true" : "false", std::string(name_of(one.why_not))});
  }
  return out;
}

json::object Detected::to_json() const {
  json::array list;
  for (const auto& row : rows) {
    const auto& one = row.judgement;
    list.push_back(json::object{{"stream", row.stream},
                                {"period", row.period},
                                {"count", value_of(row.count)},
                                {"expected", value_of(one.expected)},
                                {"bound", value_of(one.bound)},
                                {"score", value_of(one.score)},
                                {"p_value", value_of(one.p_value)},
                                {"q_value", value_of(row.q_value)},
                                {"alarm", one.is_alarm},
                                {"why_not", name_of(one.why_not)}});
  }
  return {{"method", method}, {"rows", std::move(list)}};
}

std::string Detected::html(std::string_view language) const {
  const bool is_dutch = language == "nl";
  HtmlReport page({.title = (is_dutch ? "Signalen: " : "Signals: ") + method,
                   .language = std::string(language)});
  const auto alarms = std::count_if(rows.begin(), rows.end(),
                                    [](const auto& row) { return row.judgement.is_alarm; });
  const auto judged = std::count_if(rows.begin(), rows.end(),
                                    [](const auto& row) { return row.judgement.is_judged(); });
  page.paragraph(
      is_dutch
          ? fmt::format("{} signalen in {} beoordeelde rijen van {}.", alarms, judged, rows.size())
          : fmt::format("{} signals in {} judged rows of {}.", alarms, judged, rows.size()));
  page.paragraph(is_dutch ? "Een signaal is een vraag, geen oordeel: iemand kijkt wat er speelt."
                          : "A signal is a question, not a verdict: somebody looks what it is.");
  ReportTable table{is_dutch ? "Signalen" : "Signals", {}, {}};
  ReportTable unknown{is_dutch ? "Nog niet te beoordelen" : "Cannot be judged yet", {}, {}};
  table.columns = is_dutch
                      ? std::vector<std::string>{"Reeks", "Periode", "Aantal", "Verwacht", "Grens"}
                      : std::vector<std::string>{"Stream", "Period", "Count", "Expected", "Bound"};
  unknown.columns = {table.columns[0], table.columns[1], is_dutch ? "Waarom" : "Why"};
  for (const auto& row : rows) {
    const auto& one = row.judgement;
    const auto text = [&](double value) { return number_text(value, 2, language); };
    if (one.is_alarm)
      table.rows.push_back(
          {row.stream, row.period, text(row.count), text(one.expected), text(one.bound)});
    if (!one.is_judged()) {
      const auto words = words_of(one.why_not);
      unknown.rows.push_back({row.stream, row.period, is_dutch ? words.nl : words.en});
    }
  }
  page.heading(table.caption);
  page.table(table);
  add_charts(page, rows, is_dutch);
  page.heading(unknown.caption);
  page.table(unknown);
  return page.html();
}

}  // namespace zicht::stats
