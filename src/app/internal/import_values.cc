#include "app/internal/import_values.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace zicht::app::internal {
namespace {

using model::FieldType;
using packs::DateNotation;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int number_of(std::string_view digits) {
  int number = -1;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc{} ? number : -1;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// "1.234.567" with '.' between thousands -> "1234567". Absent where the groups are not of three.
std::optional<std::string> without_thousands(std::string_view whole, char separator) {
  if (are_digits(whole)) return std::string(whole);
  std::string digits;
  bool is_first = true;
  while (true) {
    const auto end = std::min(whole.find(separator), whole.size());
    const std::string_view group = whole.substr(0, end);
    const bool is_good = is_first ? group.size() <= 3 : group.size() == 3;
    if (!are_digits(group) || !is_good) return std::nullopt;
    digits += group;
    is_first = false;
    if (end == whole.size()) return digits;
    whole.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> parts_of(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = std::min(text.find_first_of(separators), text.size());
    parts.push_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<Date> date_of(std::string_view year, std::string_view month, std::string_view day) {
  if (year.size() != 4 || month.size() > 2 || day.size() > 2) return std::nullopt;
  if (!are_digits(year) || !are_digits(month) || !are_digits(day)) return std::nullopt;
  const auto date = Date::create(number_of(year), number_of(month), number_of(day));
  return date ? std::optional(*date) : std::nullopt;
}

std::optional<ReadPeriod> months_from(std::string_view year, int month, int count) {
  if (year.size() != 4 || !are_digits(year) || month < 1 || month > 12) return std::nullopt;
  const auto first = Date::create(number_of(year), month, 1);
  const auto last = Date::create(number_of(year), month + count - 1, 1);
  if (!first || !last) return std::nullopt;
  return ReadPeriod{*first, last_day_of_month(*last)};
}

std::string example_of(DateNotation notation) {
  switch (notation) {
    case DateNotation::kDayFirst: return "31-12-2024";
    case DateNotation::kMonthFirst: return "12/31/2024";
    case DateNotation::kYearFirst: break;
  }
  return "2024-12-31";
}

std::optional<bool> read_boolean(std::string_view text) {
  const std::string word = folded(text);
  for (const std::string_view yes : {"ja", "j", "yes", "y", "true", "waar", "1", "x"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"nee", "n", "no", "false", "onwaar", "0"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

const model::List* list_of(const model::Form& form, const model::PackSet& packs,
                           const model::Field& field) {
  const bool is_full = field.list.find('/') != std::string::npos;
  return packs.find_list(is_full ? field.list : form.pack + "/" + field.list);
}

ReadCell good(Json value) { return {std::optional(std::move(value)), {}}; }
ReadCell good(std::string_view text) { return good(Json(text)); }

Json window(const ReadPeriod& period, std::string_view words) {
  json::object made{{"first", period.first.to_string()}, {"last", period.last.to_string()}};
  if (period.first != period.last) made["words"] = words;
  return made;
}

}  // namespace

std::optional<std::string> read_number(std::string_view text, bool has_decimal_comma) {
  std::string plain(trim(text));
  replace_all(plain, "\xE2\x88\x92", "-");  // minus sign
  replace_all(plain, "\xC2\xA0", " ");      // blanks that keep a number together
  replace_all(plain, "\xE2\x80\xAF", " ");
  std::string_view rest = plain;
  if (rest.starts_with("\xE2\x82\xAC")) rest = trim(rest.substr(3));  // euro
  const bool is_negative = rest.starts_with('-');
  if (is_negative || rest.starts_with('+')) rest = trim(rest.substr(1));
  const auto point = rest.rfind(has_decimal_comma ? ',' : '.');
  const std::string_view whole = rest.substr(0, point);
  const bool has_blanks = whole.find(' ') != std::string_view::npos;
  auto digits = without_thousands(whole, has_blanks ? ' ' : has_decimal_comma ? '.' : ',');
  if (!digits) return std::nullopt;
  digits->erase(0, std::min(digits->find_first_not_of('0'), digits->size() - 1));
  if (point != std::string_view::npos) {
    const std::string_view fraction = rest.substr(point + 1);
    if (!are_digits(fraction)) return std::nullopt;
    *digits += "." + std::string(fraction);
  }
  return (is_negative ? "-" : "") + *digits;
}

std::optional<Date> read_date(std::string_view text, DateNotation notation) {
  text = trim(text);
  if (const auto date = Date::parse(text)) return *date;
  if (text.size() == 8 && are_digits(text) && notation == DateNotation::kYearFirst) {
    return date_of(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
  }
  const auto parts = parts_of(text, "-/.");
  if (parts.size() != 3) return std::nullopt;
  switch (notation) {
    case DateNotation::kYearFirst: return date_of(parts[0], parts[1], parts[2]);
    case DateNotation::kDayFirst: return date_of(parts[2], parts[1], parts[0]);
    case DateNotation::kMonthFirst: return date_of(parts[2], parts[0], parts[1]);
  }
  return std::nullopt;
}

std::optional<ReadPeriod> read_period(std::string_view text, DateNotation notation) {
  text = trim(text);
  if (const auto day = read_date(text, notation)) return ReadPeriod{*day, *day};
  const std::string_view year = text.substr(0, 4);
  std::string_view rest = trim(text.size() < 4 ? std::string_view() : text.substr(4));
  if (rest.empty() || rest == "JJ00") return months_from(year, 1, 12);
  if (rest.starts_with('-')) rest.remove_prefix(1);
  if (rest.size() == 2 && are_digits(rest)) return months_from(year, number_of(rest), 1);
  for (const std::string_view mark : {"KW", "Q", "K"}) {
    const std::string_view quarter = rest.substr(std::min(mark.size(), rest.size()));
    if (!rest.starts_with(mark) || !are_digits(quarter) || quarter.size() > 2) continue;
    const int number = number_of(quarter);
    if (number < 1 || number > 4) return std::nullopt;
    return months_from(year, 3 * number - 2, 3);
  }
  if (rest.starts_with("MM") && rest.size() == 4 && are_digits(rest.substr(2))) {
    return months_from(year, number_of(rest.substr(2)), 1);
  }
  return std::nullopt;
}

std::string folded(std::string_view text) {
  std::string all;
  for (const std::string& word : fold_for_search(text)) all += (all.empty() ? "" : " ") + word;
  return all;
}

bool CellReader::means_nothing(std::string_view text) const {
  const auto& none = mapping_.no_value;
  return text.empty() || std::find(none.begin(), none.end(), text) != none.end();
}

ReadCell CellReader::refused(std::string_view id, const packs::ImportColumn& column,
                             const model::Field& field, Arguments arguments) const {
  arguments.emplace_back("column", column.column);
  return {{}, {make_problem(id, "/fields/" + field.id, arguments)}};
}

Result<ReadCell> CellReader::value(const packs::ImportColumn& column, const model::Field& field,
                                   const ImportCell& cell) const {
  if (cell.kind == CellKind::kBroken) return refused("AP-0317", column, field);
  if (means_nothing(trim(cell.text))) return ReadCell();
  if (!field.is_many) return item(column, field, cell);
  json::array items;
  ReadCell all;
  std::string_view rest = cell.text;
  while (true) {
    const auto end = std::min(rest.find(column.split), rest.size());
    const ImportCell part{std::string(trim(rest.substr(0, end))), cell.kind};
    if (!part.text.empty()) {
      ZICHT_TRY(read, item(column, field, part));
      if (read.value) items.push_back(*std::move(read.value));
      for (Problem& problem : read.problems) all.problems.push_back(std::move(problem));
    }
    if (end == rest.size()) break;
    rest.remove_prefix(end + column.split.size());
  }
  if (!items.empty()) all.value = std::move(items);
  return all;
}

Result<ReadCell> CellReader::item(const packs::ImportColumn& column, const model::Field& field,
                                  const ImportCell& cell) const {
  std::string text(trim(cell.text));
  if (const auto meant = column.values.find(text); meant != column.values.end()) {
    text = meant->second;
  }
  switch (field.type) {
    case FieldType::kInteger:
    case FieldType::kDecimal:
    case FieldType::kMoney: {
      const bool has_comma = mapping_.has_decimal_comma && cell.kind != CellKind::kNumber;
      auto digits = read_number(text, has_comma);
      if (!digits) {
        return refused("AP-0310", column, field, {{"example", has_comma ? "1234,5" : "1234.5"}});
      }
      if (field.type != FieldType::kInteger) return good(Json(*digits));
      std::int64_t whole = 0;
      const char* const end = digits->data() + digits->size();
      const auto read = std::from_chars(digits->data(), end, whole);
      const bool is_whole = read.ec == std::errc{} && read.ptr == end;
      return is_whole ? good(whole) : refused("AP-0310", column, field, {{"example", "1234"}});
    }
    case FieldType::kBoolean:
      if (const auto flag = read_boolean(text)) return good(*flag);
      return refused("AP-0312", column, field);
    case FieldType::kDate:
      if (const auto date = read_date(text, mapping_.dates)) return good(date->to_string());
      return refused("AP-0311", column, field, {{"example", example_of(mapping_.dates)}});
    case FieldType::kUncertainDate:
      if (const auto period = read_period(text, mapping_.dates)) {
        return good(window(*period, text));
      }
      return refused("AP-0316", column, field, {{"example", example_of(mapping_.dates)}});
    case FieldType::kChoice: return choice(column, field, text);
    case FieldType::kReference: return reference(column, field, text);
    default: break;
  }
  if (static_cast<std::int64_t>(code_point_length(text)) > field.text_limit()) {
    return refused("AP-0322", column, field, {{"limit", std::to_string(field.text_limit())}});
  }
  return good(text);
}

ReadCell CellReader::choice(const packs::ImportColumn& column, const model::Field& field,
                            const std::string& text) const {
  const model::List* list = list_of(form_, packs_, field);
  const LocalizedText title = list == nullptr ? LocalizedText{field.list, field.list} : list->title;
  if (list != nullptr) {
    if (list->find_code(text) != nullptr) return good(text);
    const std::string name = folded(text);
    const model::ListCode* found = nullptr;
    for (const model::ListCode& code : list->codes) {
      const bool is_it = folded(code.label.nl) == name || folded(code.label.en) == name;
      // Two codes of one name: the file does not say which.
      if (is_it && found != nullptr) return refused("AP-0313", column, field, {{"list", title}});
      if (is_it) found = &code;
    }
    if (found != nullptr) return good(found->code);
  }
  return refused("AP-0313", column, field, {{"list", title}});
}

Result<ReadCell> CellReader::reference(const packs::ImportColumn& column,
                                       const model::Field& field, const std::string& text) const {
  ZICHT_TRY(found, look_up_(field.form, column.match, text));
  const model::Form* target = packs_.find_form(field.form);
  const LocalizedText title = target == nullptr ? LocalizedText{} : target->plural;
  if (found == nullptr || found->empty()) {
    return refused("AP-0314", column, field, {{"form", title}});
  }
  if (found->size() > 1) return refused("AP-0315", column, field, {{"form", title}});
  return good(found->front());
}

}  // namespace zicht::app::internal
