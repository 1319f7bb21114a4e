#include "stats/surveillance/internal/detect_tables.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/error_catalogue.h"
#include "stats/csv.h"

namespace zicht::stats::internal {
namespace {

constexpr std::int64_t kMaxPeriods = 100'000;
constexpr int kWeeks = 52, kMonths = 12;

struct Period {
  std::int64_t number = 0;
  bool is_date = false;
};

Error at_line(std::string_view id, const CsvTable& table, std::size_t row) {
  return make_error(id, {{"file", table.file()}, {"line", std::to_string(table.line(row))}});
}

// Dates become numbers of weeks, months or days, so that neighbours differ by one.
Result<Period> period_of(const CsvTable& table, std::size_t row, std::size_t column, Date today,
                         int periods_a_year) {
  const auto text = table.text(row, column);
  std::int64_t number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (status == std::errc() && end == text.data() + text.size() && std::abs(number) < 1'000'000'000)
    return Period{number, false};
  const auto date = Date::parse(text);
  if (!date) return at_line("SA-0105", table, row);
  if (*date > today) return at_line("SA-0103", table, row);
  const std::int64_t days = date->days_since_epoch();
  if (periods_a_year == kMonths) return Period{date->year() * 12 + date->month() - 1, true};
  // Weeks begin on Mondays; 1970-01-01 was a Thursday.
  if (periods_a_year == kWeeks) return Period{(days + 3 >= 0 ? days + 3 : days - 3) / 7, true};
  return Period{days, true};
}

std::string period_text(std::int64_t number, bool is_date, int periods_a_year) {
  if (!is_date) return std::to_string(number);
  if (periods_a_year == kMonths)
    return Date::of(static_cast<int>(number / 12), static_cast<int>(number % 12) + 1, 1)
        .to_string();
  const auto date = Date::from_days(periods_a_year == kWeeks ? number * 7 - 3 : number);
  return date ? date->to_string() : std::to_string(number);
}

struct CountRow {
  std::string stream;
  Period period;
  double count = 0;
};

struct CountRows {
  std::vector<CountRow> rows;
  std::vector<std::string> periods;
  std::int64_t first = 0;
};

Result<CountRows> read_rows(const CsvTable& table, const std::string& stream_column,
                            const DetectRequest& request, int periods_a_year) {
  ZICHT_TRY(stream, table.column(stream_column));
  ZICHT_TRY(period, table.column("period"));
  ZICHT_TRY(count, table.column("count"));
  if (table.rows() == 0) return make_error("SA-0104", {{"file", table.file()}});
  CountRows out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    ZICHT_TRY(when, period_of(table, row, period, request.today, periods_a_year));
    if (!out.rows.empty() && when.is_date != out.rows.front().period.is_date)
      return at_line("SA-0105", table, row);
    ZICHT_TRY(number, table.number(row, count));
    if (number && (*number < 0 || *number != std::floor(*number)))
      return at_line("SA-0102", table, row);
    out.rows.push_back({std::string(table.text(row, stream)), when, number.value_or(kUnknown)});
  }
  const auto [low, high] = std::minmax_element(
      out.rows.begin(), out.rows.end(),
      [](const auto& a, const auto& b) { return a.period.number < b.period.number; });
  out.first = low->period.number;
  const std::int64_t last = high->period.number;
  if (last - out.first >= kMaxPeriods)
    return make_error("SA-0106", {{"limit", std::to_string(kMaxPeriods)}});
  for (std::int64_t p = out.first; p <= last; ++p)
    out.periods.push_back(period_text(p, out.rows.front().period.is_date, periods_a_year));
  return out;
}

Result<CsvTable> table_of(const std::string& text, const std::string& file,
                          const DetectRequest& request, std::string_view needed) {
  if (text.empty() && file.empty())
    return make_error("SA-0108", {{"method", request.method}, {"needed", std::string(needed)}});
  return CsvTable::parse(text, {.file = file});
}

struct PlaceColumns {
  std::size_t longitude = 0;
  std::size_t latitude = 0;
  std::optional<std::size_t> population{};
  std::optional<std::size_t> expected{};
};

Result<PlaceColumns> place_columns(const CsvTable& table, Against against) {
  PlaceColumns columns;
  ZICHT_TRY(longitude, table.column("longitude"));
  ZICHT_TRY(latitude, table.column("latitude"));
  columns.longitude = longitude;
  columns.latitude = latitude;
  if (against == Against::kPopulation) {
    ZICHT_TRY(population, table.column("population"));
    columns.population = population;
  }
  if (against == Against::kExpected) {
    ZICHT_TRY(expected, table.column("expected"));
    columns.expected = expected;
  }
  return columns;
}

Result<ScanPlace> place_in(const CsvTable& table, std::size_t row, const std::string& id,
                           const PlaceColumns& columns) {
  ZICHT_TRY(longitude, table.number(row, columns.longitude));
  ZICHT_TRY(latitude, table.number(row, columns.latitude));
  ScanPlace place{id, longitude.value_or(kUnknown), latitude.value_or(kUnknown), 1};
  if (columns.population) {
    ZICHT_TRY(people, table.number(row, *columns.population));
    place.population = people.value_or(kUnknown);
  }
  return place;
}

bool is_at(const ScanPlace& known, const ScanPlace& place) {
  return (known.longitude == place.longitude || std::isnan(place.longitude)) &&
         (known.latitude == place.latitude || std::isnan(place.latitude));
}

}  // namespace

double Settings::number(std::string_view name, double otherwise) {
  asked_.emplace_back(name);
  const auto* value = values_.if_contains(name);
  if (value == nullptr) return otherwise;
  if (value->is_int64()) return static_cast<double>(value->get_int64());
  if (value->is_double()) return value->get_double();
  if (value->is_bool()) return value->get_bool() ? 1 : 0;
  bad_ = name;
  return otherwise;
}

int Settings::whole(std::string_view name, int otherwise) {
  const double value = number(name, otherwise);
  if (value == std::floor(value) && std::abs(value) < 1e9) return static_cast<int>(value);
  bad_ = name;
  return otherwise;
}

Result<void> Settings::done() const {
  std::string wrong = bad_;
  for (const auto& [key, value] : values_) {
    if (std::find(asked_.begin(), asked_.end(), std::string(key)) == asked_.end())
      wrong = std::string(key);
  }
  if (wrong.empty()) return {};
  std::string known;
  for (const auto& one : asked_) known += (known.empty() ? "" : ", ") + one;
  return make_error("SA-0107", {{"name", wrong}, {"known", known}});
}

Result<StreamTable> read_streams(const DetectRequest& request, int periods_a_year) {
  ZICHT_TRY(table, table_of(request.counts, request.counts_file, request, "--counts"));
  ZICHT_TRY(rows, read_rows(table, "stream", request, periods_a_year));
  StreamTable out{rows.periods, {}};
  std::map<std::string, std::vector<char>> seen;
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    const auto& one = rows.rows[row];
    auto& counts = out.streams[one.stream];
    auto& taken = seen[one.stream];
    counts.resize(out.periods.size(), kUnknown);
    taken.resize(out.periods.size(), 0);
    const auto place = static_cast<std::size_t>(one.period.number - rows.first);
    if (taken[place] != 0) return at_line("SA-0101", table, row);
    taken[place] = 1;
    counts[place] = one.count;
  }
  return out;
}

Result<DelayTable> read_reports(const DetectRequest& request, int periods_a_year,
                                 std::size_t max_delay) {
  ZICHT_TRY(table, table_of(request.counts, request.counts_file, request, "--counts"));
  ZICHT_TRY(rows, read_rows(table, "stream", request, periods_a_year));
  ZICHT_TRY(reported, table.column("reported"));
  DelayTable out{rows.periods, {}};
  for (std::size_t row = 0; row < rows.rows.size(); ++row) {
    const auto& one = rows.rows[row];
    ZICHT_TRY(when, period_of(table, row, reported, request.today, periods_a_year));
    const std::int64_t delay = when.number - one.period.number;
    if (when.is_date != one.period.is_date || delay < 0) return at_line("SA-0127", table, row);
    auto& triangle = out.streams[one.stream];
    triangle.resize(out.periods.size(), std::vector<double>(max_delay + 1, 0));
    if (static_cast<std::size_t>(delay) > max_delay) continue;
    // Without a count a row is one report.
    triangle[static_cast<std::size_t>(one.period.number - rows.first)]
            [static_cast<std::size_t>(delay)] += std::isnan(one.count) ? 1 : one.count;
  }
  return out;
}

Result<NumberTable> read_numbers(const DetectRequest& request,
                                 const std::vector<std::string>& texts,
                                 const std::vector<std::string>& numbers) {
  ZICHT_TRY(table, table_of(request.counts, request.counts_file, request, "--counts"));
  if (table.rows() == 0) return make_error("SA-0104", {{"file", table.file()}});
  NumberTable out{table.file(), {}, {}, {}};
  for (std::size_t row = 0; row < table.rows(); ++row) out.lines.push_back(table.line(row));
  for (const std::string& name : texts) {
    ZICHT_TRY(column, table.column(name));
    auto& all = out.texts.emplace_back();
    for (std::size_t row = 0; row < table.rows(); ++row) all.emplace_back(table.text(row, column));
  }
  for (const std::string& name : numbers) {
    ZICHT_TRY(column, table.column(name));
    auto& all = out.numbers.emplace_back();
    for (std::size_t row = 0; row < table.rows(); ++row) {
      ZICHT_TRY(number, table.number(row, column));
      if (!number || *number < 0) return at_line("SA-0128", table, row);
      all.push_back(*number);
    }
  }
  return out;
}

Result<EventTable> read_places(const DetectRequest& request, int periods_a_year, Against against) {
  ZICHT_TRY(table, table_of(request.events, request.events_file, request, "--events"));
  ZICHT_TRY(rows, read_rows(table, "place", request, periods_a_year));
  ZICHT_TRY(columns, place_columns(table, against));
  EventTable out{rows.periods, {}, {rows.periods.size(), {}}, {rows.periods.size(), {}}};
  std::map<std::string, std::size_t> known;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    ZICHT_TRY(place, place_in(table, row, rows.rows[row].stream, columns));
    const auto [found, is_new] = known.try_emplace(place.id, out.places.size());
    if (is_new) {
      out.places.push_back(place);
      out.cases.values.resize(out.cases.values.size() + rows.periods.size(), 0);
      out.expected.values.resize(out.cases.values.size(), 0);
    }
    if (!is_at(out.places[found->second], place)) return at_line("SA-0109", table, row);
    const double count = rows.rows[row].count;
    const auto at = found->second * rows.periods.size() +
                    static_cast<std::size_t>(rows.rows[row].period.number - rows.first);
    out.cases.values[at] += std::isnan(count) ? 1 : count;
    if (columns.expected) {
      ZICHT_TRY(expected, table.number(row, *columns.expected));
      if (!expected || *expected < 0) return at_line("SA-0128", table, row);
      out.expected.values[at] += *expected;
    }
  }
  return out;
}

Result<std::vector<RuleEvent>> read_rule_events(const DetectRequest& request) {
  ZICHT_TRY(table, table_of(request.events, request.events_file, request, "--events"));
  ZICHT_TRY(key, table.column("key"));
  ZICHT_TRY(source, table.column("source"));
  ZICHT_TRY(day, table.column("date"));
  std::vector<RuleEvent> out;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto date = Date::parse(table.text(row, day));
    if (!date) return at_line("SA-0105", table, row);
    if (*date > request.today) return at_line("SA-0103", table, row);
    out.push_back({std::string(table.text(row, key)), std::string(table.text(row, source)), *date});
  }
  return out;
}

}  // namespace zicht::stats::internal
