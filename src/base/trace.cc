#include "base/trace.h"

#include <utility>

namespace zicht {
namespace {

thread_local std::string_view trace;

}  // namespace

std::string_view current_trace() { return trace; }

TraceScope::TraceScope(std::string_view id) : before_(std::exchange(trace, id)) {}

TraceScope::~TraceScope() { trace = before_; }

}  // namespace zicht
