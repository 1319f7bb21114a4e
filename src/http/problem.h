// Answers that say what went wrong: application/problem+json (RFC 9457), made from an Error.
//
//   if (!result) return problem_response(result.error(), request);
//
//   {"type": "urn:zicht:error:AP-0007", "status": 400, "title": "…", "detail": "… what to do",
//    "instance": "urn:zicht:incident:<request id>",
//    "problems": [{"id": "AP-0103", "where": "/fields/due", "message": "…", "hint": "…"}]}
//
// All problems are told at once, in the language of the request. The incident id is the request
// id: whoever reads it out to the help desk leads them to the line in the log.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "http/message.h"

namespace zicht::http {

// The one table Code -> status. Invalid input is 400, never 422.
int status_of(Code code);

// `status` overrides the table for answers of the protocol itself (405, 413, 428 …).
// A text that is not valid UTF-8 cannot occur: errors are made from the catalogue.
Response problem_response(const Error& error, const Request& request,
                          std::optional<int> status = std::nullopt);

// The same with one more member beside the standard ones, such as `current` of a conflict.
// Requires: `member_json` is JSON.
Response problem_response_with(const Error& error, const Request& request,
                               std::string_view member_name, std::string_view member_json,
                               std::optional<int> status = std::nullopt);

}  // namespace zicht::http
