#include "server/alarms.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/check.h"

namespace zicht::server {
namespace {

struct Title {
  std::string_view id;
  std::string_view nl, en;
};

constexpr Title kTitles[] = {
    {"disk", "Vrije ruimte op de schijf van de gegevens, in MiB",
     "Free space on the disk of the data, in MiB"},
    {"log", "Omvang van het logbestand van de opslag, in MiB",
     "Size of the write-ahead log of the store, in MiB"},
    {"checkpoint", "Seconden sinds het ijken van het journaal het laatst lukte",
     "Seconds since checkpoints of the journal were last made"},
    {"certificate", "Dagen tot het certificaat verloopt", "Days until the certificate expires"},
    {"renewal", "Vernieuwd certificaat dat niet bruikbaar is",
     "Renewed certificate that cannot be used"},
    {"retention", "Dossiers die aan vernietiging toe zijn en wachten op een besluit",
     "Records that are due and wait for a decision"},
    {"outbox", "Opgegeven berichten naar buiten", "Messages to the outside that were given up"},
    {"clock", "Seconden die de klok in de laatste dag is teruggezet",
     "Seconds that the clock was set back in the last day"},
    {"sign-in", "Geweigerde aanmeldingen in de laatste vijf minuten",
     "Refused sign-ins in the last five minutes"},
};

// Smaller differences are those of a clock that is kept right.
constexpr std::int64_t kLeastJumpSeconds = 5;

}  // namespace

std::optional<LocalizedText> alarm_title(std::string_view id) {
  const auto found = std::find_if(std::begin(kTitles), std::end(kTitles),
                                  [&](const Title& title) { return title.id == id; });
  if (found == std::end(kTitles)) return std::nullopt;
  return LocalizedText{std::string(found->nl), std::string(found->en)};
}

void Alarms::judge(std::string_view id, bool is_raised, std::int64_t value, std::int64_t threshold,
                   Instant now) {
  const std::lock_guard lock(mutex_);
  auto check = std::find_if(checks_.begin(), checks_.end(),
                            [&](const http::HealthCheck& one) { return one.id == id; });
  if (check == checks_.end()) {
    const auto title = alarm_title(id);
    ZICHT_CHECK(title.has_value(), "every alarm has a title");
    checks_.push_back({.id = std::string(id), .title = *title});
    check = checks_.end() - 1;
  }
  check->value = value;
  check->threshold = threshold;
  metrics_.gauge("zicht_alarm", "1: raised; GET /v1/health and zicht status tell more.",
                 {{"alarm", std::string(id)}})
      .set(is_raised ? 1 : 0);
  if (is_raised == check->since.has_value()) return;
  check->since = is_raised ? std::optional(now) : std::nullopt;
  const auto level = is_raised ? spdlog::level::err : spdlog::level::info;
  spdlog::log(level, R"("alarm":"{}","raised":{},"value":{},"threshold":{})", id, is_raised, value,
              threshold);
}

std::vector<http::HealthCheck> Alarms::checks() const {
  const std::lock_guard lock(mutex_);
  return checks_;
}

std::string Alarms::document(Instant now) const {
  json::array all;
  for (const http::HealthCheck& check : checks()) {
    json::object one{{"id", check.id},
                     {"raised", check.since.has_value()},
                     {"value", check.value},
                     {"threshold", check.threshold}};
    if (check.since) one["since"] = check.since->to_string();
    all.push_back(std::move(one));
  }
  return json::serialize(json::object{{"at", now.to_string()}, {"checks", std::move(all)}}) + "\n";
}

std::int64_t ClockWatch::look(Instant now, std::int64_t steady) {
  if (last_) {
    const std::int64_t back = (steady - last_steady_) - microseconds_between(*last_, now);
    const std::int64_t seconds = back / kMicrosecondsPerSecond;
    const bool is_over = steady - jumped_at_ > kMicrosecondsPerDay;
    if (is_over) jump_seconds_ = 0;
    if (seconds >= kLeastJumpSeconds && seconds > jump_seconds_) {
      jump_seconds_ = seconds;
      jumped_at_ = steady;
    }
  }
  last_ = now;
  last_steady_ = steady;
  return jump_seconds_;
}

std::int64_t BurstWatch::look(std::uint64_t total) {
  totals_.push_back(total);
  if (totals_.size() > looks_ + 1) totals_.pop_front();
  return static_cast<std::int64_t>(total - totals_.front());
}

}  // namespace zicht::server
