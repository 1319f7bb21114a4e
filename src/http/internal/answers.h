// Turns what use cases give back into answers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/answer.h"
#include "app/record_service.h"
#include "base/error.h"
#include "base/json.h"
#include "base/result.h"
#include "http/internal/operation.h"
#include "http/message.h"

namespace zicht::http {

// 200 with the JSON text, or the error.
Result<Response> json_answer(Result<std::string> json);

// A file to keep, or the error.
Result<Response> file_answer(Result<app::ExportFile> file);

// A record with its ETag.
Response document_answer(app::Document document, int status);

// 200 or 201 after a write, 409 with `current` after a conflict.
Response written_answer(app::Written written, int status, const Request& request);

// A document that many callers share; 304 when the client has it already.
Response shared_answer(const app::SharedDocument& document, const Request& request);

// A query value as a whole number from 1 up; absent when not asked for. Errors: HT-0016.
Result<std::optional<std::int64_t>> positive_number(const Request& request, std::string_view name);

// `validOn` and `knownAt` of the query. Errors: HT-0016.
Result<model::AsOf> as_of(const Request& request);

// One text member of a body.
struct TextMember {
  std::string_view name;
  std::size_t min_length = 1;  // code points
  std::size_t max_length = 400;
  bool is_required = true;
};

// The values in the order of `members`, empty for an optional one that is absent. Unknown members
// are refused. Errors: HT-0027 with all problems.
Result<std::vector<std::string>> text_members(const Json& body,
                                              const std::vector<TextMember>& members);

}  // namespace zicht::http
