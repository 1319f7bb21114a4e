#include "base/period.h"

#include <array>
#include <vector>

#include "base/error_catalogue.h"

namespace zicht {
namespace {

constexpr std::size_t kMaxDigits = 6;

struct Part {
  char letter;
  std::int32_t Period::*member;
  LocalizedText one;
  LocalizedText many;
};

const std::array<Part, 4>& parts() {
  static const std::array<Part, 4> all{{
      {'Y', &Period::years, {"jaar", "year"}, {"jaar", "years"}},
      {'M', &Period::months, {"maand", "month"}, {"maanden", "months"}},
      {'W', &Period::weeks, {"week", "week"}, {"weken", "weeks"}},
      {'D', &Period::days, {"dag", "day"}, {"dagen", "days"}},
  }};
  return all;
}

// Reads digits at `at` and moves past them; -1 when there are none or too many.
std::int32_t read_number(std::string_view text, std::size_t& at) {
  std::int32_t number = 0;
  const std::size_t start = at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    if (at - start == kMaxDigits) return -1;
    number = number * 10 + (text[at] - '0');
  }
  return at == start ? -1 : number;
}

}  // namespace

Result<Period> Period::parse(std::string_view text) {
  const auto refuse = [&] {
    return make_error("ZB-0004", {{"text", std::string(text.substr(0, 40))}});
  };
  if (text.size() < 3 || text[0] != 'P') return refuse();
  Period period;
  std::size_t at = 1;
  std::size_t next_part = 0;
  while (at < text.size()) {
    const std::int32_t number = read_number(text, at);
    if (number < 0 || at == text.size()) return refuse();
    while (next_part < parts().size() && parts()[next_part].letter != text[at]) ++next_part;
    if (next_part == parts().size()) return refuse();
    period.*parts()[next_part++].member = number;
    ++at;
  }
  return period;
}

std::string Period::to_string() const {
  std::string text = "P";
  for (const Part& part : parts()) {
    const std::int32_t number = this->*part.member;
    if (number != 0) text += std::to_string(number) + part.letter;
  }
  return text == "P" ? "P0D" : text;
}

Result<Date> add_period(Date date, const Period& period) {
  ZICHT_TRY(month_end, add_months(date, std::int64_t{period.years} * 12 + period.months));
  return add_days(month_end, std::int64_t{period.weeks} * 7 + period.days);
}

LocalizedText long_text(const Period& period) {
  std::vector<LocalizedText> words;
  for (const Part& part : parts()) {
    const std::int32_t number = period.*part.member;
    if (number == 0) continue;
    const LocalizedText& unit = number == 1 ? part.one : part.many;
    const std::string count = std::to_string(number) + " ";
    words.push_back({count + unit.nl, count + unit.en});
  }
  if (words.empty()) return {"0 dagen", "0 days"};
  LocalizedText text = words[0];
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool is_last = i + 1 == words.size();
    text.nl += (is_last ? " en " : ", ") + words[i].nl;
    text.en += (is_last ? " and " : ", ") + words[i].en;
  }
  return text;
}

}  // namespace zicht
