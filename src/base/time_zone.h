// TimeZone: a named zone of the IANA database, and the port through which pure code finds one.
//
//     const TimeZone* paris = system_time_zones().find_zone("Europe/Paris");
//     paris->offset_at_local(0);                     // 3600: on 1970-01-01T00:00:00 in Paris
//
// Zones live as long as the TimeZones that gave them, so values may keep the pointer. Legal time of
// the Netherlands needs no zone: amsterdam.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace zicht {

class TimeZone {
 public:
  virtual ~TimeZone() = default;

  // "Europe/Paris".
  virtual std::string_view name() const = 0;

  // Seconds east of UTC at a local wall time, given in seconds since 1970-01-01T00:00:00 on that
  // wall. Of a wall time that occurs twice the first; one that is skipped gets the offset before
  // the change. Before year 1 the offset of its first day holds; summer time has no end.
  virtual std::int32_t offset_at_local(std::int64_t local_seconds) const = 0;

  // The same at a moment, given in seconds since 1970-01-01T00:00:00Z.
  virtual std::int32_t offset_at_utc(std::int64_t utc_seconds) const = 0;
};

class TimeZones {
 public:
  virtual ~TimeZones() = default;

  // Null where there is no zone of that name. The same name gives the same pointer. Thread-safe.
  virtual const TimeZone* find_zone(std::string_view name) const = 0;

  // Which edition of the database answers, such as "2025b": recorded with what was computed.
  virtual std::string version() const = 0;
};

// The zones of the operating system (tzdata), for the life of the program. Thread-safe.
const TimeZones& system_time_zones();

}  // namespace zicht
