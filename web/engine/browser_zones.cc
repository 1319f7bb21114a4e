#include "browser_zones.h"

#include <algorithm>
#include <map>
#include <memory>

#include "host.h"

namespace zicht::browser {
namespace {

// The names that the server knows, each between two line ends: Intl takes names in any case, and
// others too.
constexpr std::string_view kNames =
#include "zone_names.inc"
    ;

constexpr std::int64_t kFirstSecond = -62135596800;  // 0001-01-01T00:00:00
constexpr std::int64_t kFirstOf2038 = 2145916800;
// A Gregorian cycle of 400 years has a whole number of weeks.
constexpr std::int64_t kCycleSeconds = std::int64_t{146097} * 86400;

// A moment that the browser can tell of, with the same offset.
std::int64_t within_reach(std::int64_t seconds) {
  seconds = std::max(seconds, kFirstSecond);
  return seconds < kFirstOf2038 ? seconds : kFirstOf2038 + (seconds - kFirstOf2038) % kCycleSeconds;
}

class BrowserZone final : public TimeZone {
 public:
  BrowserZone(std::string name, std::int32_t number) : name_(std::move(name)), number_(number) {}

  std::string_view name() const override { return name_; }

  std::int32_t offset_at_utc(std::int64_t utc_seconds) const override {
    return host_zone_offset(number_, static_cast<double>(within_reach(utc_seconds)));
  }

  // From the offsets of a day before and a day after: no zone changes twice within them.
  std::int32_t offset_at_local(std::int64_t local_seconds) const override {
    constexpr std::int64_t kDay = 86400;
    const std::int64_t local = within_reach(local_seconds);
    const std::int32_t before = offset_at_utc(local - kDay);
    const std::int32_t after = offset_at_utc(local + kDay);
    if (before == after || offset_at_utc(local - before) == before) return before;
    return offset_at_utc(local - after) == after ? after : before;
  }

 private:
  std::string name_;
  std::int32_t number_;
};

class BrowserZones final : public TimeZones {
 public:
  const TimeZone* find_zone(std::string_view name) const override {
    const auto known = zones_.find(name);
    if (known != zones_.end()) return known->second.get();
    const std::string text(name);
    if (kNames.find("\n" + text + "\n") == std::string_view::npos) return nullptr;
    const std::int32_t number = host_zone_find(text.data(), text.size());
    if (number < 0) return nullptr;
    return zones_.emplace(text, std::make_unique<BrowserZone>(text, number)).first->second.get();
  }

  std::string version() const override { return "browser"; }

 private:
  mutable std::map<std::string, std::unique_ptr<BrowserZone>, std::less<>> zones_;
};

}  // namespace

const TimeZones& browser_zones() {
  static const BrowserZones zones;
  return zones;
}

}  // namespace zicht::browser
