#include "base/time_zone.h"

#include <date/tz.h>

#include <algorithm>
#include <map>
#include <memory>

namespace zicht {
namespace {

constexpr std::int64_t kFirstSecond = -62135596800;  // 0001-01-01T00:00:00
constexpr int kLastListedYear = 2037;

// Tables of tzdata list changes until 2037 and the library reads no further, but summer time goes
// on: a later moment gets the offset of the same day of a year before 2038 that is as long and
// starts on the same weekday.
std::chrono::seconds within_tables(std::int64_t seconds) {
  using date::days;
  const date::sys_seconds moment{std::chrono::seconds(std::max(seconds, kFirstSecond))};
  // A Gregorian cycle of 400 years has a whole number of weeks.
  constexpr std::int64_t kCycleSeconds = std::int64_t{146097} * 86400;
  const std::int64_t first_of_2038 =
      date::sys_seconds(date::sys_days(date::year(2038) / 1 / 1)).time_since_epoch().count();
  std::int64_t count = moment.time_since_epoch().count();
  if (count < first_of_2038) return std::chrono::seconds(count);
  count = first_of_2038 + (count - first_of_2038) % kCycleSeconds;
  const date::sys_seconds near{std::chrono::seconds(count)};
  const date::year year = date::year_month_day(date::floor<days>(near)).year();
  const auto weekday_of_start = [](date::year y) {
    return date::weekday(date::sys_days(y / 1 / 1));
  };
  date::year twin(kLastListedYear);
  while (twin.is_leap() != year.is_leap() || weekday_of_start(twin) != weekday_of_start(year)) {
    --twin;
  }
  return near - date::sys_days(year / 1 / 1) + date::sys_days(twin / 1 / 1).time_since_epoch();
}

// Keeps its own name; the library's answer for a link has the name of what it points at.
class SystemTimeZone final : public TimeZone {
 public:
  SystemTimeZone(std::string name, const date::time_zone* zone)
      : name_(std::move(name)), zone_(zone) {}

  std::string_view name() const override { return name_; }

  std::int32_t offset_at_local(std::int64_t local_seconds) const override {
    const date::local_seconds at{within_tables(local_seconds)};
    return static_cast<std::int32_t>(zone_->get_info(at).first.offset.count());
  }

  std::int32_t offset_at_utc(std::int64_t utc_seconds) const override {
    const date::sys_seconds at{within_tables(utc_seconds)};
    return static_cast<std::int32_t>(zone_->get_info(at).offset.count());
  }

 private:
  std::string name_;
  const date::time_zone* zone_;
};

// The names are listed once; the library reads the table of a zone when it is first used.
class SystemTimeZones final : public TimeZones {
 public:
  SystemTimeZones() {
    for (const date::time_zone& zone : date::get_tzdb().zones) {
      const std::string& name = zone.name();
      zones_.emplace(name, std::make_unique<SystemTimeZone>(name, &zone));
    }
  }

  const TimeZone* find_zone(std::string_view name) const override {
    const auto found = zones_.find(name);
    return found == zones_.end() ? nullptr : found->second.get();
  }

  std::string version() const override { return date::get_tzdb().version; }

 private:
  std::map<std::string, std::unique_ptr<SystemTimeZone>, std::less<>> zones_;
};

}  // namespace

const TimeZones& system_time_zones() {
  static const SystemTimeZones zones;
  return zones;
}

}  // namespace zicht
