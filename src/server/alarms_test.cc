// What a running server watches of itself: alarms that rise and end, a clock that is set back, a
// burst of refused sign-ins, and `zicht status`. Method: moments given by hand; one look at a real
// installation with thresholds that nothing can meet.
#include "server/alarms.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "base/clock.h"
#include "server/folder.h"
#include "server/status_file.h"
#include "server/terminal.h"
#include "server/testing/desk.h"
#include "server/watching.h"

namespace zicht::server {
namespace {

using testing::Desk;
using testing::has;

const Instant kNoon = *Instant::parse("2025-06-01T12:00:00Z");

Instant after(std::int64_t seconds) {
  return *add_microseconds(kNoon, seconds * kMicrosecondsPerSecond);
}

}  // namespace

TEST_CASE("alarms: one rises once, keeps its moment, and ends") {
  http::MetricsRegistry metrics;
  Alarms alarms(metrics);
  const auto& gauge = metrics.gauge("zicht_alarm", "", {{"alarm", "disk"}});
  alarms.judge("disk", false, 900, 500, kNoon);
  CHECK(gauge.value() == 0);
  CHECK_FALSE(alarms.checks()[0].since.has_value());
  alarms.judge("disk", true, 400, 500, after(60));
  alarms.judge("disk", true, 300, 500, after(120));
  CHECK(gauge.value() == 1);
  CHECK(alarms.checks()[0].value == 300);
  CHECK(alarms.checks()[0].since == after(60));
  CHECK(alarms.document(after(120)) ==
        R"({"at":"2025-06-01T12:02:00.000000Z","checks":[{"id":"disk","raised":true,"value":300,)"
        R"("threshold":500,"since":"2025-06-01T12:01:00.000000Z"}]})"
        "\n");
  alarms.judge("disk", false, 600, 500, after(180));
  CHECK(gauge.value() == 0);
  CHECK_FALSE(alarms.checks()[0].since.has_value());
}

TEST_CASE("alarms: a clock that is set back is noticed for a day, one that is kept right is not") {
  ClockWatch watch;
  const auto look = [&](std::int64_t wall, std::int64_t steady) {
    return watch.look(after(wall), steady * kMicrosecondsPerSecond);
  };
  CHECK(look(0, 100'000) == 0);
  CHECK(look(30, 100'030) == 0);
  CHECK(look(57, 100'060) == 0);      // three seconds too slow
  CHECK(look(4000, 100'090) == 0);    // set forward
  CHECK(look(400, 100'120) == 3630);  // set back
  CHECK(look(430, 100'150) == 3630);
  CHECK(look(450, 100'180) == 3630);  // a smaller jump does not hide the larger
  CHECK(look(450 + 86'400, 100'180 + 86'400) == 0);
}

TEST_CASE("alarms: a burst is what came within the last looks") {
  BurstWatch watch(2);
  CHECK(watch.look(10) == 0);
  CHECK(watch.look(15) == 5);
  CHECK(watch.look(18) == 8);
  CHECK(watch.look(20) == 5);
  CHECK(watch.look(20) == 2);
  CHECK(watch.look(20) == 0);
}

TEST_CASE("command: status tells what the running server watches, and SV-0053 without one") {
  const Desk zicht;
  REQUIRE(zicht({"init"}).code == kGood);
  CHECK(has(zicht({"status"}).complained, "SV-0053"));
  Config config;
  config.data = zicht.folder + "/data";
  config.alarm_disk_mib = 1 << 30;
  QuietFeed feed;
  {
    auto installation = Installation::open({config, &feed, false});
    REQUIRE(installation.has_value());
    http::MetricsRegistry metrics;
    Alarms alarms(metrics);
    Watched watched{**installation, metrics, alarms};
    watched.checkpoint_at = steady_microseconds();
    AlarmRound(watched).look();
    const auto told = zicht({"status"});
    CHECK(told.code == kBad);
    CHECK(has(told.said, "ALARM  disk"));
    CHECK(has(told.said, "ok     log"));
    CHECK(has(told.said, "ok     checkpoint"));
    CHECK(has(told.said, "ok     clock"));
    CHECK(has(told.said, "ok     sign-in"));
    // No checkpoint for longer than three of its intervals.
    watched.checkpoint_at = steady_microseconds() - 901 * kMicrosecondsPerSecond;
    AlarmRound(watched).look();
    CHECK(has(zicht({"status"}).said, "ALARM  checkpoint"));
  }
  const std::string path = status_path(config);
  REQUIRE(write_file(path, R"({"at":"2025-06-01T12:00:00Z","checks":[]})", true).has_value());
  CHECK(has(zicht({"status"}).complained, "SV-0053"));
  REQUIRE(write_file(path, "nonsense", true).has_value());
  CHECK(has(zicht({"status"}).complained, "SV-0053"));
}

}  // namespace zicht::server
