#include "stats/surveillance/detect.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error_catalogue.h"
#include "base/rng.h"
#include "stats/surveillance/cusum.h"
#include "stats/surveillance/ears.h"
#include "stats/surveillance/false_discovery.h"
#include "stats/surveillance/farrington_flexible.h"
#include "stats/surveillance/glr.h"
#include "stats/surveillance/internal/detect_lists.h"
#include "stats/surveillance/internal/detect_tables.h"
#include "stats/surveillance/scan_expectation.h"
#include "stats/surveillance/scan_permutation.h"
#include "stats/surveillance/scan_prospective.h"

namespace zicht::stats {
namespace {

using internal::Against;
using internal::Settings;
using Method = Result<std::vector<Judgement>> (*)(Counts, Settings&, std::size_t, int);

Result<std::vector<Judgement>> by_farrington(Counts counts, Settings& settings, std::size_t first,
                                             int periods_a_year) {
  FarringtonOptions options{.periods_a_year = periods_a_year};
  options.years = settings.whole("years", options.years);
  options.half_window = settings.whole("half_window", options.half_window);
  options.alpha = settings.number("alpha", options.alpha);
  options.cases = settings.number("cases", options.cases);
  options.cases_periods = settings.whole("cases_periods", options.cases_periods);
  ZICHT_CHECKED(settings.done());
  return farrington(counts, options, first);
}

Result<std::vector<Judgement>> by_flexible(Counts counts, Settings& settings, std::size_t first,
                                           int periods_a_year) {
  FarringtonFlexibleOptions options{.periods_a_year = periods_a_year};
  options.years = settings.whole("years", options.years);
  options.half_window = settings.whole("half_window", options.half_window);
  options.seasons = settings.whole("seasons", options.seasons);
  options.recent_excluded = settings.whole("recent_excluded", options.recent_excluded);
  options.alpha = settings.number("alpha", options.alpha);
  options.trend_p = settings.number("trend_p", options.trend_p);
  options.weight_threshold = settings.number("weight_threshold", options.weight_threshold);
  options.cases = settings.number("cases", options.cases);
  options.cases_periods = settings.whole("cases_periods", options.cases_periods);
  if (settings.number("muan", 0) != 0) options.threshold = FlexibleThreshold::kMuan;
  if (settings.number("delta", 0) != 0) options.threshold = FlexibleThreshold::kDelta;
  ZICHT_CHECKED(settings.done());
  return farrington_flexible(counts, options, first);
}

template <EarsMethod kMethod>
Result<std::vector<Judgement>> by_ears(Counts counts, Settings& settings, std::size_t first, int) {
  EarsOptions options{.method = kMethod};
  options.alpha = settings.number("alpha", kMethod == EarsMethod::kC3 ? 0.025 : 0.001);
  options.baseline = settings.whole("baseline", options.baseline);
  options.least_deviation = settings.number("least_deviation", options.least_deviation);
  ZICHT_CHECKED(settings.done());
  return ears(counts, options, first);
}

Result<std::vector<Judgement>> by_cusum(Counts counts, Settings& settings, std::size_t first,
                                        int periods_a_year) {
  CusumOptions options{.periods_a_year = periods_a_year};
  options.k = settings.number("k", options.k);
  options.h = settings.number("h", options.h);
  options.restart = settings.number("restart", 0) != 0;
  options.least_training = settings.whole("least_training", options.least_training);
  ZICHT_CHECKED(settings.done());
  return cusum(counts, options, first);
}

Result<std::vector<Judgement>> by_glr(Counts counts, Settings& settings, std::size_t first,
                                      int periods_a_year) {
  GlrOptions options{.periods_a_year = periods_a_year};
  options.threshold = settings.number("threshold", options.threshold);
  options.dispersion = settings.number("dispersion", options.dispersion);
  options.harmonics = settings.whole("harmonics", options.harmonics);
  options.window = settings.whole("window", options.window);
  options.least_training = settings.whole("least_training", options.least_training);
  ZICHT_CHECKED(settings.done());
  return glr(counts, options, first);
}

struct Named {
  std::string_view name;
  Method run;
};

constexpr Named kMethods[] = {{"farrington", by_farrington},
                              {"farrington-flexible", by_flexible},
                              {"ears-c1", by_ears<EarsMethod::kC1>},
                              {"ears-c2", by_ears<EarsMethod::kC2>},
                              {"ears-c3", by_ears<EarsMethod::kC3>},
                              {"cusum", by_cusum},
                              {"glr", by_glr}};

// Adjusts the p-values of each period over all its streams.
void adjust(Detected& found, std::size_t periods) {
  for (std::size_t t = 0; t < periods; ++t) {
    std::vector<double> p_values;
    for (std::size_t i = t; i < found.rows.size(); i += periods)
      p_values.push_back(found.rows[i].judgement.p_value);
    const auto adjusted = adjusted_p_values(p_values);
    for (std::size_t k = 0; k < adjusted.size(); ++k)
      found.rows[t + k * periods].q_value = adjusted[k];
  }
}

Result<Detected> in_streams(const DetectRequest& request, Method method) {
  Settings settings(request.settings);
  const int periods_a_year = settings.whole("periods_a_year", 52);
  const int judged = settings.whole("judge_last", 1);
  const double level = settings.number("false_discovery", 1);
  ZICHT_TRY(table, internal::read_streams(request, periods_a_year));
  const std::size_t periods = table.periods.size();
  const std::size_t last =
      std::min<std::size_t>(periods, static_cast<std::size_t>(std::max(1, judged)));
  Detected found{request.method, {}};
  for (const auto& [stream, counts] : table.streams) {
    Settings own = settings;
    ZICHT_TRY(judgements, method(counts, own, periods - last, periods_a_year));
    for (std::size_t t = periods - last; t < periods; ++t)
      found.rows.push_back({stream, table.periods[t], counts[t], judgements[t], kUnknown});
  }
  adjust(found, last);
  // An alarm stays one where the share of false ones among all streams is kept too.
  for (auto& row : found.rows) {
    if (level < 1 && row.q_value > level) row.judgement.is_alarm = false;
  }
  return found;
}

Result<Detected> in_places(const DetectRequest& request, Executor& executor) {
  Settings settings(request.settings);
  const Against against = request.method == "scan-permutation"   ? Against::kOneAnother
                          : request.method == "scan-expectation" ? Against::kExpected
                                                                 : Against::kPopulation;
  const int periods_a_year = settings.whole("periods_a_year", 52);
  const double alpha = settings.number("alpha", 0.05);
  ScanOptions options;
  options.replicates = settings.whole("replicates", options.replicates);
  options.max_duration = settings.whole("max_duration", options.max_duration);
  options.max_clusters = settings.whole("max_clusters", options.max_clusters);
  SeededRng rng(static_cast<std::uint64_t>(settings.whole("seed", 1)));
  const double share = settings.number("max_share", 0.5);
  ZICHT_CHECKED(settings.done());
  ZICHT_TRY(table, internal::read_places(request, periods_a_year, against));
  ZICHT_TRY(area, ScanArea::create(table.places, {.max_share = share}));
  ZICHT_TRY(scanned,
            against == Against::kOneAnother
                ? scan_permutation(area, table.cases, options, rng, executor)
            : against == Against::kExpected
                ? scan_expectation(area, table.cases, table.expected, options, rng, executor)
                : scan_prospective(area, table.cases, {}, options, rng, executor));
  Detected found{request.method, {}};
  for (const auto& cluster : scanned.clusters) {
    DetectRow row;
    for (const auto place : cluster.places)
      row.stream += (row.stream.empty() ? "" : ";") + area.places()[place].id;
    row.period = table.periods[cluster.first_period] + "/" + table.periods[cluster.last_period];
    row.count = cluster.cases;
    row.judgement.expected = cluster.expected;
    row.judgement.score = cluster.score;
    row.judgement.p_value = cluster.p_value;
    row.judgement.is_alarm = cluster.p_value <= alpha;
    found.rows.push_back(std::move(row));
  }
  return found;
}

Result<Detected> by_agreement(const DetectRequest& request) {
  Settings settings(request.settings);
  AgreedRule rule;
  rule.distinct = settings.whole("distinct", rule.distinct);
  rule.within_days = settings.whole("within_days", rule.within_days);
  rule.unknown_is_distinct = settings.number("unknown_is_distinct", 0) != 0;
  ZICHT_CHECKED(settings.done());
  ZICHT_TRY(events, internal::read_rule_events(request));
  ZICHT_TRY(hits, agreed_rule(std::move(events), rule));
  Detected found{request.method, {}};
  for (const auto& hit : hits) {
    DetectRow row{hit.key,
                  hit.first.to_string() + "/" + hit.last.to_string(),
                  static_cast<double>(hit.distinct),
                  {},
                  kUnknown};
    row.judgement.bound = rule.distinct;
    row.judgement.is_alarm = true;
    found.rows.push_back(std::move(row));
  }
  return found;
}

struct NamedForLists {
  std::string_view name;
  Result<Detected> (*run)(const DetectRequest&);
};

constexpr NamedForLists kListMethods[] = {{"agreed-rules", by_agreement},
                                          {"shrinkage", internal::by_shrinkage},
                                          {"silent-places", internal::by_silence},
                                          {"reporting-delay", internal::by_delay}};

}  // namespace

Result<Detected> detect(const DetectRequest& request, Executor& executor) {
  for (const auto& method : kMethods) {
    if (method.name == request.method) return in_streams(request, method.run);
  }
  if (request.method == "scan" || request.method == "scan-permutation" ||
      request.method == "scan-expectation")
    return in_places(request, executor);
  for (const auto& method : kListMethods) {
    if (method.name == request.method) return method.run(request);
  }
  std::string known = "scan, scan-expectation, scan-permutation";
  for (const auto& method : kListMethods) known += ", " + std::string(method.name);
  for (const auto& method : kMethods) known += ", " + std::string(method.name);
  return make_error("SA-0100", {{"method", request.method}, {"known", known}});
}

}  // namespace zicht::stats
