// On whose behalf a thread works: the id of a request, for the log lines of what lies below it.
//
//     const TraceScope scope(request.request_id);
//     ... deep below: current_trace() is that id
//
// Never holds anything but an id made by us.
#pragma once

#include <string_view>

namespace zicht {

// Empty when the thread works for nobody in particular. Lives as long as the scope.
std::string_view current_trace();

// `id` must outlive it. Scopes nest.
class TraceScope {
 public:
  explicit TraceScope(std::string_view id);
  ~TraceScope();
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;

 private:
  std::string_view before_;
};

}  // namespace zicht
