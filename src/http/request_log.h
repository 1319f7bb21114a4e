// What is written down about requests: one line of JSON each, without personal data.
//
//   {"at":"2026-01-31T12:00:00.000Z","level":"info","request":"5f0c…","method":"GET",
//    "route":"/v1/records/{id}","status":200,"ms":1.8}
//
// The route pattern, never the path or the query: those hold ids that lead to people. Of an
// exception only its type is written, because its text may quote what somebody typed.
//
// Thread-safety: implementations accept calls from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "http/message.h"

namespace zicht::http {

// For spdlog: a message is the members of one JSON object.
inline constexpr const char* kJsonLogPattern =
    R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";

// One answered request. The views live during the call only.
struct RequestEntry {
  Method method = Method::kGet;
  std::string_view route;        // the pattern; "(none)" where nothing matched
  int status = 0;
  std::uint64_t microseconds = 0;  // from the last byte of the header to the start of the answer
  std::string_view request_id;
  std::string_view error_id;     // catalogue id; empty when all went well
  std::string_view traceparent;  // empty when the caller sent none
};

class RequestLog {
 public:
  virtual ~RequestLog() = default;

  virtual void request(const RequestEntry& entry) = 0;

  // An exception reached the server: a fault of ours, answered with 500. `kind` is its type, or
  // the place of the broken check; `request_id` is the incident id that the person was shown.
  virtual void incident(std::string_view request_id, std::string_view route,
                        std::string_view kind) = 0;
};

// Writes to standard error, where the service manager picks it up.
std::unique_ptr<RequestLog> make_stderr_log();

// Writes nothing: for tests and benchmarks.
class SilentLog final : public RequestLog {
 public:
  void request(const RequestEntry&) override {}
  void incident(std::string_view, std::string_view, std::string_view) override {}
};

}  // namespace zicht::http
