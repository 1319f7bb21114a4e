#include "app/internal/import_questions.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error_catalogue.h"

namespace zicht::app::internal {
namespace {

using model::FieldType;

// Of a handful of records a large part is soon changed.
constexpr std::int64_t kFewChanged = 5;
constexpr std::size_t kShown = 5;

std::optional<Date> day_in(const json::object& window, std::string_view key) {
  const Json* value = window.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  const auto day = Date::parse(std::string_view(value->get_string()));
  return day ? std::optional(*day) : std::nullopt;
}

std::string digits_of(const Json& value) {
  if (value.is_int64()) return std::to_string(value.get_int64());
  return value.is_string() ? std::string(value.get_string()) : "";
}

std::optional<double> number_of(const std::string& digits) {
  double value = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(value) : std::nullopt;
}

void ask_changed(const QuestionFacts& facts, std::vector<Question>& questions) {
  const PlanCounts& counts = facts.plan.counts;
  const std::int64_t known = counts.changed + counts.same;
  if (counts.changed < kFewChanged) return;
  const std::int64_t percent = counts.changed * 100 / known;
  if (percent <= facts.ask.changed_percent) return;
  questions.push_back({"changed", make_problem("AP-0323", "",
                                               {{"changed", std::to_string(counts.changed)},
                                                {"known", std::to_string(known)},
                                                {"percent", std::to_string(percent)}})});
}

void ask_leaps(const QuestionFacts& facts, std::vector<Question>& questions) {
  for (const auto& [id, lines] : facts.odd.leaps) {
    std::string shown;
    for (std::size_t i = 0; i < std::min(lines.size(), kShown); ++i) {
      shown += (i == 0 ? "" : ", ") + std::to_string(lines[i]);
    }
    if (lines.size() > kShown) shown += ", …";
    questions.push_back({"factor:" + id,
                         make_problem("AP-0324", "/fields/" + id,
                                      {{"label", facts.form.find_field(id)->label},
                                       {"count", std::to_string(lines.size())},
                                       {"factor", std::to_string(facts.ask.factor)},
                                       {"lines", shown}})});
  }
}

void ask_year(const QuestionFacts& facts, std::vector<Question>& questions) {
  if (facts.ask.year_field.empty()) return;
  const std::int64_t expected = facts.year.value_or(facts.today.year() - facts.ask.year_lag);
  std::int64_t count = 0;
  std::string years;
  for (const auto& [year, lines] : facts.odd.lines_by_year) {
    if (year == expected) continue;
    count += lines;
    years += (years.empty() ? "" : ", ") + std::to_string(year);
  }
  if (count == 0) return;
  questions.push_back({"year", make_problem("AP-0325", "/fields/" + facts.ask.year_field,
                                            {{"count", std::to_string(count)},
                                             {"year", std::to_string(expected)},
                                             {"years", years}})});
}

}  // namespace

std::optional<std::int64_t> year_of(const model::Form& form, const std::string& field,
                                    const Json& fields) {
  const model::Field* wanted = form.find_field(field);
  const Json* value = wanted == nullptr ? nullptr : fields.as_object().if_contains(field);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  if (value->is_string()) {
    const auto day = Date::parse(std::string_view(value->get_string()));
    return day ? std::optional<std::int64_t>(day->year()) : std::nullopt;
  }
  if (!value->is_object()) return std::nullopt;
  const auto first = day_in(value->get_object(), "first"), last = day_in(value->get_object(),
                                                                         "last");
  if (!first || !last || first->year() != last->year()) return std::nullopt;
  return first->year();
}

void OddFacts::note_years(const model::Form& form, const std::string& field, const Json& fields) {
  if (const auto year = year_of(form, field, fields)) ++lines_by_year[*year];
}

void OddFacts::note_numbers(const model::Form& form, const PlannedRow& row, std::int64_t factor) {
  for (const FieldChange& change : row.changes) {
    const FieldType type = form.find_field(change.field)->type;
    const bool is_number = type == FieldType::kInteger || type == FieldType::kDecimal ||
                           type == FieldType::kMoney;
    if (!is_number) continue;
    if (is_leap(digits_of(change.before), digits_of(change.after), factor)) {
      leaps[change.field].push_back(row.line);
    }
  }
}

bool is_leap(const std::string& before, const std::string& after, std::int64_t factor) {
  const auto was = number_of(before), becomes = number_of(after);
  if (!was || !becomes || *was == 0 || *becomes == 0) return false;
  if ((*was < 0) != (*becomes < 0)) return true;
  const double one = std::abs(*was), other = std::abs(*becomes);
  return std::max(one, other) >= std::min(one, other) * static_cast<double>(factor);
}

std::vector<Question> questions_of(const QuestionFacts& facts) {
  std::vector<Question> questions;
  ask_year(facts, questions);
  ask_changed(facts, questions);
  ask_leaps(facts, questions);
  if (facts.missing > 0) {
    questions.push_back(
        {"missing", make_problem("AP-0326", "", {{"count", std::to_string(facts.missing)}})});
  }
  return questions;
}

}  // namespace zicht::app::internal
