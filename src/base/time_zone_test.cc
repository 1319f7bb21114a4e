// Named zones. Method: offsets that are public knowledge, as a table, on both sides of changes and
// beyond the years that the tables of tzdata list.
#include "base/time_zone.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/amsterdam.h"
#include "base/instant.h"

namespace zicht {
namespace {

std::int64_t seconds(std::string_view text) {
  return Instant::parse(text)->microseconds_since_epoch() / kMicrosecondsPerSecond;
}

TEST_CASE("time zone: an unknown name has no zone, and a name keeps its zone") {
  const TimeZones& zones = system_time_zones();
  for (const char* name : {"", "Europe", "Europe/Nowhere", "europe/paris", "+01:00", "../etc"}) {
    CAPTURE(std::string(name));
    CHECK(zones.find_zone(name) == nullptr);
  }
  const TimeZone* amsterdam = zones.find_zone("Europe/Amsterdam");
  REQUIRE(amsterdam != nullptr);
  CHECK(amsterdam->name() == "Europe/Amsterdam");
  CHECK(zones.find_zone("Europe/Amsterdam") == amsterdam);
  CHECK_FALSE(zones.version().empty());
}

TEST_CASE("time zone: the offset at a wall time") {
  struct Case {
    const char* zone;
    const char* local;  // with Z, for Instant::parse alone
    std::int32_t offset;
  };
  const std::vector<Case> cases = {
      {"Europe/Paris", "2021-01-01T10:00:00Z", 3600},
      {"Europe/Paris", "2021-07-01T10:00:00Z", 7200},
      {"Europe/Paris", "2021-03-28T01:59:59Z", 3600},
      {"Europe/Paris", "2021-03-28T02:30:00Z", 3600},  // skipped: as before the change
      {"Europe/Paris", "2021-03-28T03:00:00Z", 7200},
      {"Europe/Paris", "2021-10-31T02:30:00Z", 7200},  // twice: the first
      {"Australia/Melbourne", "2021-01-01T10:00:00Z", 39600},
      {"Australia/Melbourne", "2021-07-01T10:00:00Z", 36000},
      {"Asia/Dhaka", "2021-01-01T10:00:00Z", 21600},
      {"Etc/UTC", "2021-01-01T10:00:00Z", 0},
      {"Europe/Paris", "2100-07-01T10:00:00Z", 7200},
      {"Europe/Paris", "9999-01-01T10:00:00Z", 3600}};
  for (const Case& c : cases) {
    CAPTURE(std::string(c.zone));
    CAPTURE(std::string(c.local));
    CHECK(system_time_zones().find_zone(c.zone)->offset_at_local(seconds(c.local)) == c.offset);
  }
}

TEST_CASE("time zone: Amsterdam agrees with the legal time of the Netherlands until 2500") {
  const TimeZone* zone = system_time_zones().find_zone("Europe/Amsterdam");
  for (std::int64_t at = seconds("1996-01-01T00:30:00Z"); at < seconds("2500-01-01T00:00:00Z");
       at += 5 * 86400 + 3600) {
    const Instant instant = *Instant::from_microseconds(at * kMicrosecondsPerSecond);
    REQUIRE(zone->offset_at_utc(at) == amsterdam_offset_seconds(instant));
  }
}

}  // namespace
}  // namespace zicht
