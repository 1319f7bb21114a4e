#include "server/log_lines.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

#include "http/request_log.h"

namespace zicht::server {

void log_as_json() {
  const auto logger = std::make_shared<spdlog::logger>(
      "zicht", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern(http::kJsonLogPattern, spdlog::pattern_time_type::utc);
  spdlog::set_default_logger(logger);
}

}  // namespace zicht::server
