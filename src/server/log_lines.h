// The log of the program: one line of JSON each on standard error, where the service manager picks
// it up, in the shape of the lines about requests (http/request_log.h).
//
//     log_as_json();
//     spdlog::warn(R"("job":"{}","error":"{}")", job, id);
//
// A message is the members of the object, without its braces, and never has personal data.
#pragma once

namespace zicht::server {

// Every line from here on. Call before other threads begin.
void log_as_json();

}  // namespace zicht::server
