// What stands out in an import, so that a person confirms it: most records change, numbers leap,
// another year than expected, records that the file lacks. Pure.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/internal/import_plan.h"

namespace zicht::app::internal {

// The year in a field: of a date, of a window within one year, or a whole number. Absent without.
[[nodiscard]] std::optional<std::int64_t> year_of(const model::Form& form,
                                                  const std::string& field, const Json& fields);

// Gathered while rows are planned.
struct OddFacts {
  std::map<std::int64_t, std::int64_t> lines_by_year;             // year -> how many lines
  std::map<std::string, std::vector<std::uint32_t>> leaps;        // field -> lines

  void note_years(const model::Form& form, const std::string& field, const Json& fields);
  // Numbers of a changed row that become `factor` times as large or small, or change sign.
  void note_numbers(const model::Form& form, const PlannedRow& row, std::int64_t factor);
};

struct QuestionFacts {
  const model::Form& form;
  const packs::ImportAsk& ask;
  std::optional<std::int64_t> year;
  Date today;
  const ImportPlan& plan;
  const OddFacts& odd;
  std::int64_t missing = 0;
};
[[nodiscard]] std::vector<Question> questions_of(const QuestionFacts& facts);

// True for two numbers of which the larger is `factor` times the smaller or more, or of which one
// is below zero and the other above. From or to zero is no leap.
[[nodiscard]] bool is_leap(const std::string& before, const std::string& after,
                           std::int64_t factor);

}  // namespace zicht::app::internal
