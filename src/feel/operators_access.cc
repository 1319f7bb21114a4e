// Parts of values: properties, items, and the making of ranges.
#include "feel/internal/operator_errors.h"
#include "feel/operators.h"

namespace zicht::feel {
namespace {

using internal::not_applicable;

Value whole(std::int64_t value) { return Value::number(value); }

std::optional<Value> date_property(CivilDate date, std::string_view name) {
  if (name == "year") return whole(parts_of(date).year);
  if (name == "month") return whole(parts_of(date).month);
  if (name == "day") return whole(parts_of(date).day);
  if (name == "weekday") return whole(iso_weekday(date));
  return std::nullopt;
}

std::optional<Value> time_property(const TimeOfDay& time, std::optional<std::int32_t> offset,
                                   std::string_view name) {
  const std::int32_t seconds = time.seconds();
  if (name == "hour") return whole(seconds / 3600);
  if (name == "minute") return whole(seconds / 60 % 60);
  if (name == "second") return whole(seconds % 60);
  if (name == "time offset") {
    return offset ? Value::duration(DayDuration{*offset, 0}) : Value();
  }
  if (name == "timezone") {
    return time.zone.named != nullptr ? Value::string(time.zone.named->name()) : Value();
  }
  return std::nullopt;
}

// The parts of a negative duration are negative.
std::optional<Value> duration_property(DayDuration value, std::string_view name) {
  // Towards zero, as a fraction of a second would make a negative count one too low.
  const std::int64_t seconds = value.seconds + (value.seconds < 0 && value.nanos > 0 ? 1 : 0);
  if (name == "days") return whole(seconds / kSecondsPerDay);
  if (name == "hours") return whole(seconds / 3600 % 24);
  if (name == "minutes") return whole(seconds / 60 % 60);
  if (name == "seconds") return whole(seconds % 60);
  return std::nullopt;
}

std::optional<Value> duration_property(MonthDuration value, std::string_view name) {
  if (name == "years") return whole(value.months / 12);
  if (name == "months") return whole(value.months % 12);
  return std::nullopt;
}

std::optional<Value> range_property(const Range& range, std::string_view name) {
  if (name == "start") return range.start();
  if (name == "end") return range.end();
  if (name == "start included") return Value::boolean(range.start_included());
  if (name == "end included") return Value::boolean(range.end_included());
  return std::nullopt;
}

bool has_order(Kind kind) {
  switch (kind) {
    case Kind::kNumber:
    case Kind::kString:
    case Kind::kDate:
    case Kind::kTime:
    case Kind::kDateTime:
    case Kind::kDayDuration:
    case Kind::kMonthDuration:
      return true;
    default:
      return false;
  }
}

Value no_range(const Value& start, const Value& end) {
  const Value joined = joined_null(start, end);
  if (joined.null_reason()) return joined;
  return Value::error("FE-0120", {{"start", std::string(kind_name(start.kind()))},
                                  {"end", std::string(kind_name(end.kind()))}});
}

}  // namespace

std::optional<Value> find_property(const Value& value, std::string_view name) {
  switch (value.kind()) {
    case Kind::kContext: {
      const Value* found = value.as_context().find(name);
      return found != nullptr ? std::optional(*found) : std::nullopt;
    }
    case Kind::kDate:
      return date_property(value.as_date(), name);
    case Kind::kDateTime: {
      const DateTime moment = value.as_date_time();
      const std::optional<Value> of_date = date_property(moment.date(), name);
      return of_date ? of_date : time_property(moment.time(), offset_of(moment), name);
    }
    case Kind::kTime:
      return time_property(value.as_time(), offset_of(value.as_time()), name);
    case Kind::kDayDuration:
      return duration_property(value.as_day_duration(), name);
    case Kind::kMonthDuration:
      return duration_property(value.as_month_duration(), name);
    case Kind::kRange:
      return range_property(value.as_range(), name);
    default:
      return std::nullopt;
  }
}

Value property(const Value& value, std::string_view name) {
  if (value.is(Kind::kList)) {
    std::vector<Value> parts;
    parts.reserve(value.as_list().size());
    for (const Value& item : value.as_list()) parts.push_back(property(item, name));
    return Value::list(std::move(parts));
  }
  if (value.null_reason()) return value;
  const std::optional<Value> found = find_property(value, name);
  if (found) return *found;
  return Value::error(
      "FE-0114", {{"kind", std::string(kind_name(value.kind()))}, {"name", std::string(name)}});
}

Value item_at(const Value& list, const Value& index) {
  if (!index.is(Kind::kNumber)) return not_applicable("[]", list, index);
  if (list.null_reason()) return list;
  const std::span<const Value> items =
      list.is(Kind::kList) ? list.as_list() : std::span<const Value>(&list, 1);
  const std::optional<Number> cut = round(index.as_number(), 0, Rounding::kDown);
  const std::int64_t at = cut ? cut->to_int64().value_or(0) : 0;
  const auto size = static_cast<std::int64_t>(items.size());
  if (at >= 1 && at <= size) return items[static_cast<std::size_t>(at - 1)];
  if (at <= -1 && at >= -size) return items[static_cast<std::size_t>(size + at)];
  return Value::error("FE-0115", {{"index", index.as_number().to_string()},
                                  {"size", std::to_string(items.size())}});
}

Value make_interval(const Value& start, bool start_included, const Value& end, bool end_included) {
  const std::optional<int> order = compare(start, end);
  if (!order || *order > 0) return no_range(start, end);
  return Value::range(make_ref<const Range>(start, start_included, end, end_included));
}

Value make_unary_range(Range::Form form, const Value& end) {
  const bool is_equality = form == Range::Form::kEqual || form == Range::Form::kNotEqual;
  if (!is_equality && !has_order(end.kind())) return no_range(end, end);
  if (is_equality && end.null_reason()) return end;
  return Value::range(make_ref<const Range>(form, end));
}

}  // namespace zicht::feel
