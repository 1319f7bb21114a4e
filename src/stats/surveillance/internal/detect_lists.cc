#include "stats/surveillance/internal/detect_lists.h"

#include <set>

#include "base/error_catalogue.h"
#include "stats/surveillance/internal/detect_tables.h"
#include "stats/surveillance/reporting_delay.h"
#include "stats/surveillance/shrinkage.h"
#include "stats/surveillance/silent_places.h"

namespace zicht::stats::internal {
namespace {

// Once in the list. Errors: SA-0101.
Result<void> require_once(const NumberTable& table, const std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (std::size_t row = 0; row < names.size(); ++row) {
    if (!seen.insert(names[row]).second)
      return make_error("SA-0101",
                        {{"file", table.file}, {"line", std::to_string(table.lines[row])}});
  }
  return {};
}

}  // namespace

Result<Detected> by_shrinkage(const DetectRequest& request) {
  Settings settings(request.settings);
  ShrinkageOptions options;
  options.alpha = settings.number("alpha", options.alpha);
  ZICHT_CHECKED(settings.done());
  ZICHT_TRY(table, read_numbers(request, {"stream", "group"}, {"count", "expected"}));
  ZICHT_CHECKED(require_once(table, table.texts[0]));
  std::vector<SmallStream> streams;
  for (std::size_t row = 0; row < table.lines.size(); ++row)
    streams.push_back({table.texts[1][row], table.numbers[0][row], table.numbers[1][row]});
  ZICHT_TRY(rates, shrunken(streams, options));
  Detected found{request.method, {}};
  for (std::size_t row = 0; row < rates.size(); ++row)
    found.rows.push_back({table.texts[0][row], "", streams[row].count, rates[row].judgement});
  return found;
}

Result<Detected> by_silence(const DetectRequest& request) {
  Settings settings(request.settings);
  SilenceOptions options;
  options.alpha = settings.number("alpha", options.alpha);
  options.weight = settings.number("weight", options.weight);
  ZICHT_CHECKED(settings.done());
  ZICHT_TRY(table, read_numbers(request, {"place"},
                                {"size", "history", "history_periods", "heard", "periods"}));
  ZICHT_CHECKED(require_once(table, table.texts[0]));
  std::vector<PlaceHeard> places;
  const auto& numbers = table.numbers;
  for (std::size_t row = 0; row < table.lines.size(); ++row) {
    places.push_back({table.texts[0][row], numbers[0][row], numbers[1][row], numbers[2][row],
                      numbers[3][row], numbers[4][row]});
  }
  ZICHT_TRY(judgements, silent_places(places, options));
  Detected found{request.method, {}};
  for (std::size_t row = 0; row < places.size(); ++row)
    found.rows.push_back({places[row].place, "", places[row].heard, judgements[row]});
  return found;
}

Result<Detected> by_delay(const DetectRequest& request) {
  Settings settings(request.settings);
  DelayOptions options;
  options.least_share = settings.number("least_share", options.least_share);
  const int periods_a_year = settings.whole("periods_a_year", 52);
  const int delays = settings.whole("max_delay", 10);
  ZICHT_CHECKED(settings.done());
  ZICHT_CHECKED(require_setting(delays >= 1 && delays <= 1'000, "max_delay", "1 - 1000"));
  ZICHT_TRY(table, read_reports(request, periods_a_year, static_cast<std::size_t>(delays)));
  Detected found{request.method, {}};
  for (const auto& [stream, triangle] : table.streams) {
    ZICHT_TRY(estimate, corrected_for_delay(triangle, options));
    for (std::size_t t = 0; t < table.periods.size(); ++t) {
      DetectRow row{stream, table.periods[t], estimate.known[t], {}};
      row.judgement.expected = estimate.totals[t];
      if (std::isnan(estimate.totals[t])) row.judgement = cannot_judge(NotJudged::kTooFresh);
      found.rows.push_back(std::move(row));
    }
  }
  return found;
}

}  // namespace zicht::stats::internal
