// The tables of `zicht detect`, read and checked (docs/formats/detect.md).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "stats/surveillance/agreed_rules.h"
#include "stats/surveillance/detect.h"
#include "stats/surveillance/internal/settings.h"
#include "stats/surveillance/reporting_delay.h"
#include "stats/surveillance/scan_result.h"

namespace zicht::stats::internal {

// Settings by name; those that nobody asked for are unknown.
class Settings {
 public:
  explicit Settings(const json::object& values) : values_(values) {}

  [[nodiscard]] double number(std::string_view name, double otherwise);
  [[nodiscard]] int whole(std::string_view name, int otherwise);
  // Errors: SA-0107 for a key that was not asked for or a value that is no number.
  [[nodiscard]] Result<void> done() const;

 private:
  const json::object& values_;
  std::vector<std::string> asked_;
  std::string bad_;
};

// Counts of streams over the same periods, in order; a period without a row is a gap.
struct StreamTable {
  std::vector<std::string> periods;  // as written; gaps by their number or date
  std::map<std::string, std::vector<double>> streams;
};

[[nodiscard]] Result<StreamTable> read_streams(const DetectRequest& request, int periods_a_year);

// Reports by period of the event and delay, of streams over the same periods.
struct DelayTable {
  std::vector<std::string> periods;
  std::map<std::string, DelayTriangle> streams;
};

[[nodiscard]] Result<DelayTable> read_reports(const DetectRequest& request, int periods_a_year,
                                               std::size_t max_delay);

// Columns of a list, in the order in which they were asked for; numbers are there in every row.
struct NumberTable {
  std::string file;
  std::vector<std::vector<std::string>> texts;
  std::vector<std::vector<double>> numbers;
  std::vector<std::uint32_t> lines;  // of each row
};

// Errors: SA-0102 a number that is absent or negative.
[[nodiscard]] Result<NumberTable> read_numbers(const DetectRequest& request,
                                               const std::vector<std::string>& texts,
                                               const std::vector<std::string>& numbers);

// What cases in places are held against.
enum class Against { kPopulation, kExpected, kOneAnother };

struct EventTable {
  std::vector<std::string> periods;
  std::vector<ScanPlace> places;
  ScanTable cases;
  ScanTable expected;  // kExpected only
};

[[nodiscard]] Result<EventTable> read_places(const DetectRequest& request, int periods_a_year,
                                             Against against);
[[nodiscard]] Result<std::vector<RuleEvent>> read_rule_events(const DetectRequest& request);

}  // namespace zicht::stats::internal
