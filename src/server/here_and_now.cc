#include "server/here_and_now.h"

#include "base/clock.h"
#include "base/time_zone.h"

namespace zicht::server {
namespace {

// Now, in the zone of the Netherlands.
feel::Value now_here() {
  constexpr std::int64_t kMicroseconds = 1'000'000;
  const std::int64_t now = SystemClock().now().microseconds_since_epoch();
  const std::int64_t seconds = now / kMicroseconds;
  const TimeZone* zone = system_time_zones().find_zone("Europe/Amsterdam");
  const std::int32_t offset = zone == nullptr ? 0 : zone->offset_at_utc(seconds);
  feel::DateTime at;
  at.local_seconds = seconds + offset;
  at.nanos = static_cast<std::int32_t>(now % kMicroseconds) * 1000;
  at.zone = zone == nullptr ? feel::Zone::offset(0) : feel::Zone::of(zone);
  return feel::Value::date_time(at);
}

}  // namespace

HereAndNow::HereAndNow() {
  environment_.zones = &system_time_zones();
  environment_.now = now_here();
  environment_.today = feel::Value::date(environment_.now.as_date_time().date());
  environment_.rng = &rng_;
}

}  // namespace zicht::server
