// The texts of dates, times and durations: read strictly, written canonically.
#include <algorithm>

#include "feel/temporal.h"

namespace zicht::feel {
namespace {

// Takes parts off the front of a text; each answers false where the text has another shape.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view take_digits() {
    std::size_t count = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
    const std::string_view digits = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return digits;
  }

  // Exactly two digits.
  bool take_pair(int& value) {
    if (rest_.size() < 2) return false;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!is_digit(rest_[0]) || !is_digit(rest_[1])) return false;
    value = (rest_[0] - '0') * 10 + (rest_[1] - '0');
    rest_.remove_prefix(2);
    return true;
  }

 private:
  std::string_view rest_;
};

// Digits as a number; false where there are none or too many for 64 bits.
bool number_of(std::string_view digits, std::int64_t& value) {
  if (digits.empty() || digits.size() > 18) return false;
  value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return true;
}

// The first nine digits after a point as nanoseconds; further digits are cut off.
std::int32_t nanos_of(std::string_view digits) {
  std::int32_t nanos = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    nanos = nanos * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  }
  return nanos;
}

// Four digits, or up to nine that do not start with 0.
bool take_year(Reader& reader, std::int64_t& year) {
  const bool is_negative = reader.take('-');
  const std::string_view digits = reader.take_digits();
  if (digits.size() < 4 || digits.size() > 9) return false;
  if (digits.size() > 4 && digits.front() == '0') return false;
  if (!number_of(digits, year)) return false;
  if (is_negative && year == 0) return false;
  if (is_negative) year = -year;
  return true;
}

bool take_date(Reader& reader, CivilDate& date) {
  YearMonthDay parts;
  if (!take_year(reader, parts.year) || !reader.take('-') || !reader.take_pair(parts.month) ||
      !reader.take('-') || !reader.take_pair(parts.day)) {
    return false;
  }
  const std::optional<CivilDate> made = date_of(parts);
  if (made) date = *made;
  return made.has_value();
}

bool take_offset(Reader& reader, Zone& zone) {
  // Java, and with it the TCK, allows 18 hours; XML Schema 14.
  constexpr int kMaxOffset = 18 * 3600;
  const bool is_negative = reader.take('-');
  if (!is_negative && !reader.take('+')) return false;
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (!reader.take_pair(hours) || !reader.take(':') || !reader.take_pair(minutes)) return false;
  if (reader.take(':') && !reader.take_pair(seconds)) return false;
  const int offset = hours * 3600 + minutes * 60 + seconds;
  if (minutes > 59 || seconds > 59 || offset > kMaxOffset) return false;
  zone = Zone::offset(is_negative ? -offset : offset);
  return true;
}

bool take_zone(Reader& reader, const TimeZones& zones, Zone& zone) {
  if (reader.at_end()) return true;
  if (reader.take('Z')) {
    zone = Zone::offset(0);
    return reader.at_end();
  }
  if (!reader.take('@')) return take_offset(reader, zone) && reader.at_end();
  const TimeZone* named = zones.find_zone(reader.rest());
  if (named != nullptr) zone = Zone::of(named);
  return named != nullptr;
}

// A wall time up to its end; `is_next_day` for 24:00:00, which is midnight of the next day.
bool take_time(Reader& reader, const TimeZones& zones, TimeOfDay& time, bool& is_next_day) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!reader.take_pair(hour) || !reader.take(':') || !reader.take_pair(minute) ||
      !reader.take(':') || !reader.take_pair(second)) {
    return false;
  }
  std::int32_t nanos = 0;
  if (reader.take('.')) {
    const std::string_view digits = reader.take_digits();
    if (digits.empty()) return false;
    nanos = nanos_of(digits);
  }
  is_next_day = hour == 24 && minute == 0 && second == 0 && nanos == 0;
  if (is_next_day) hour = 0;
  if (hour > 23 || minute > 59 || second > 59) return false;
  time.nanos = (std::int64_t{hour} * 3600 + minute * 60 + second) * kNanosPerSecond + nanos;
  return take_zone(reader, zones, time.zone);
}

// One part of a duration, such as "12M": its digits, those after a point, and its letter.
struct DurationPart {
  std::int64_t count = 0;
  std::int32_t nanos = 0;
  bool has_fraction = false;
  char unit = 0;
};

bool take_part(Reader& reader, DurationPart& part) {
  part = {};
  if (!number_of(reader.take_digits(), part.count)) return false;
  if (reader.take('.')) {
    part.has_fraction = true;
    part.nanos = nanos_of(reader.take_digits());  // "0.S" has none: the TCK wants that read
  }
  for (const char unit : {'Y', 'M', 'D', 'H', 'S'}) {
    if (!reader.take(unit)) continue;
    part.unit = unit;
    return !part.has_fraction || unit == 'S';
  }
  return false;
}

// Adds count * factor; false beyond 64 bits.
bool add_times(std::int64_t& sum, std::int64_t count, std::int64_t factor) {
  std::int64_t product = 0;
  return !__builtin_mul_overflow(count, factor, &product) &&
         !__builtin_add_overflow(sum, product, &sum);
}

// The parts in the order of `units`, each at most once, at least one; their sum in seconds (or in
// months) and nanoseconds.
bool take_parts(Reader& reader, std::string_view units, DayDuration& sum) {
  const std::size_t all = units.size();
  while (!reader.at_end() && reader.rest().front() != 'T') {
    DurationPart part;
    if (!take_part(reader, part)) return false;
    const std::size_t place = units.find(part.unit);
    if (place == std::string_view::npos) return false;
    units.remove_prefix(place + 1);
    const std::int64_t factor = part.unit == 'Y'               ? 12
                                : part.unit == 'D'             ? kSecondsPerDay
                                : part.unit == 'H'             ? 3600
                                : part.unit == 'M' && all != 2 ? 60
                                                               : 1;
    if (!add_times(sum.seconds, part.count, factor)) return false;
    sum.nanos = part.nanos;
  }
  return true;
}

std::string two_digits(std::int64_t value) {
  const std::string digits = std::to_string(value);
  return digits.size() < 2 ? "0" + digits : digits;
}

// ".123" without trailing zeros, or nothing.
std::string fraction_of(std::int32_t nanos) {
  if (nanos == 0) return "";
  std::string digits = std::to_string(nanos);
  digits.insert(0, 9 - digits.size(), '0');
  while (digits.back() == '0') digits.pop_back();
  return "." + digits;
}

std::string zone_text(const Zone& zone) {
  if (zone.kind == Zone::Kind::kNone) return "";
  if (zone.kind == Zone::Kind::kNamed) return "@" + std::string(zone.named->name());
  if (zone.offset_seconds == 0) return "Z";
  const std::int32_t offset = std::abs(zone.offset_seconds);
  std::string text = zone.offset_seconds < 0 ? "-" : "+";
  text += two_digits(offset / 3600) + ":" + two_digits(offset / 60 % 60);
  if (offset % 60 != 0) text += ":" + two_digits(offset % 60);
  return text;
}

std::string part_text(std::int64_t count, char unit) {
  return count == 0 ? "" : std::to_string(count) + unit;
}

}  // namespace

std::optional<CivilDate> parse_date(std::string_view text) {
  Reader reader(text);
  CivilDate date;
  if (!take_date(reader, date) || !reader.at_end()) return std::nullopt;
  return date;
}

std::optional<TimeOfDay> parse_time(std::string_view text, const TimeZones& zones) {
  Reader reader(text);
  TimeOfDay time;
  bool is_next_day = false;
  if (!take_time(reader, zones, time, is_next_day)) return std::nullopt;
  return time;
}

std::optional<DateTime> parse_date_time(std::string_view text, const TimeZones& zones) {
  Reader reader(text);
  CivilDate date;
  TimeOfDay time;
  bool is_next_day = false;
  if (!take_date(reader, date) || !reader.take('T')) return std::nullopt;
  if (!take_time(reader, zones, time, is_next_day)) return std::nullopt;
  const std::optional<CivilDate> day = add_days(date, is_next_day ? 1 : 0);
  if (!day) return std::nullopt;
  return date_time_of(*day, time);
}

std::optional<DayDuration> parse_day_duration(std::string_view text) {
  Reader reader(text);
  const bool is_negative = reader.take('-');
  if (!reader.take('P') || reader.at_end()) return std::nullopt;
  DayDuration sum;
  if (!take_parts(reader, "D", sum)) return std::nullopt;
  if (reader.take('T') && (reader.at_end() || !take_parts(reader, "HMS", sum))) {
    return std::nullopt;
  }
  if (!reader.at_end()) return std::nullopt;
  return is_negative ? negate(sum) : sum;
}

std::optional<MonthDuration> parse_month_duration(std::string_view text) {
  Reader reader(text);
  const bool is_negative = reader.take('-');
  if (!reader.take('P') || reader.at_end()) return std::nullopt;
  DayDuration sum;
  if (!take_parts(reader, "YM", sum) || !reader.at_end()) return std::nullopt;
  return MonthDuration{is_negative ? -sum.seconds : sum.seconds};
}

std::string to_string(CivilDate value) {
  const YearMonthDay parts = parts_of(value);
  std::string year = std::to_string(std::abs(parts.year));
  if (year.size() < 4) year.insert(0, 4 - year.size(), '0');
  return (parts.year < 0 ? "-" : "") + year + "-" + two_digits(parts.month) + "-" +
         two_digits(parts.day);
}

std::string to_string(const TimeOfDay& value) {
  const std::int64_t seconds = value.nanos / kNanosPerSecond;
  return two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" +
         two_digits(seconds % 60) +
         fraction_of(static_cast<std::int32_t>(value.nanos % kNanosPerSecond)) +
         zone_text(value.zone);
}

std::string to_string(const DateTime& value) {
  return to_string(value.date()) + "T" + to_string(value.time());
}

std::string to_string(DayDuration value) {
  std::string sign;
  std::uint64_t seconds = static_cast<std::uint64_t>(value.seconds);
  std::int32_t nanos = value.nanos;
  if (value.seconds < 0) {
    sign = "-";
    seconds = 0 - seconds;
    if (nanos != 0) {
      --seconds;
      nanos = kNanosPerSecond - nanos;
    }
  }
  const auto count = [&](std::uint64_t unit, std::uint64_t modulo) {
    return static_cast<std::int64_t>(seconds / unit % modulo);
  };
  std::string time = part_text(count(3600, 24), 'H') + part_text(count(60, 60), 'M');
  if (count(1, 60) != 0 || nanos != 0) {
    time += std::to_string(count(1, 60)) + fraction_of(nanos) + "S";
  }
  const std::string days = part_text(static_cast<std::int64_t>(seconds / kSecondsPerDay), 'D');
  if (days.empty() && time.empty()) return "PT0S";
  return sign + "P" + days + (time.empty() ? "" : "T" + time);
}

std::string to_string(MonthDuration value) {
  if (value.months == 0) return "P0M";
  // Without a sign after the division, as the smallest number of months has no opposite.
  return std::string(value.months < 0 ? "-P" : "P") + part_text(std::abs(value.months / 12), 'Y') +
         part_text(std::abs(value.months % 12), 'M');
}

}  // namespace zicht::feel
