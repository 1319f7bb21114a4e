#include "http/request_log.h"

#include <boost/json/serialize.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/json.h"

namespace zicht::http {
namespace {

// Patterns, ids and the checked traceparent have nothing to escape in JSON; the kind of an incident
// may quote.
class StderrLog final : public RequestLog {
 public:
  StderrLog() : logger_("requests", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    logger_.set_pattern(kJsonLogPattern, spdlog::pattern_time_type::utc);
  }

  void request(const RequestEntry& entry) override {
    const auto level = entry.status >= 500 ? spdlog::level::err : spdlog::level::info;
    logger_.log(level,
                R"("request":"{}","method":"{}","route":"{}","status":{},"ms":{:.1f}{}{})",
                entry.request_id, method_name(entry.method), entry.route, entry.status,
                static_cast<double>(entry.microseconds) / 1000.0, field("error", entry.error_id),
                field("traceparent", entry.traceparent));
  }

  void incident(std::string_view request_id, std::string_view route,
                std::string_view kind) override {
    logger_.error(R"("request":"{}","route":"{}","incident":{})", request_id, route,
                  json::serialize(json::string_view(kind.data(), kind.size())));
  }

 private:
  static std::string field(std::string_view name, std::string_view value) {
    return value.empty() ? std::string() : fmt::format(R"(,"{}":"{}")", name, value);
  }

  spdlog::logger logger_;
};

}  // namespace

std::unique_ptr<RequestLog> make_stderr_log() { return std::make_unique<StderrLog>(); }

}  // namespace zicht::http
