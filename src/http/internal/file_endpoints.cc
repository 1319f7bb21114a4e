// Files: adding one, which then waits for a record, and getting one from a record.
#include <boost/json/serialize.hpp>
#include <stdexcept>
#include <utility>

#include "app/files.h"
#include "base/error_catalogue.h"
#include "base/text.h"
#include "http/internal/answers.h"
#include "http/internal/operation.h"
#include "http/target.h"

namespace zicht::http {
namespace {

// The name stands in a header, percent-encoded: an address is written down in many places.
Result<std::string> file_name(const Request& request) {
  const auto written = request.header("File-Name");
  TargetFault fault{};
  auto name = written ? percent_decode(*written, false, fault) : std::nullopt;
  if (!name || request.headers.count("File-Name") != 1) return make_error("AP-0080");
  return *std::move(name);
}

Result<Response> upload(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(name, file_name(call.request));
  ZICHT_TRY(file, context.services().files.upload(call.caller, name, call.request.body));
  return json_response(201, json::serialize(json::object{{"file", file.id},
                                                         {"name", file.name},
                                                         {"type", file.type},
                                                         {"size", file.size}}));
}

// Saved, never shown: whatever is in it, no browser runs it as ours.
Result<Response> download(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(moment, as_of(call.request));
  ZICHT_TRY(found, context.services().files.open(call.caller, call.parameter("id"),
                                                 call.parameter("file"), moment));
  Response response;
  response.content_type = "application/octet-stream";
  response.body = StreamBody{[pieces = std::move(found.pieces)](std::string& piece) {
    auto more = pieces(piece);
    // An exception ends the connection without a proper end: a broken download, not a short one.
    if (!more) throw std::runtime_error("a piece of the file cannot be read");
    return *more;
  }};
  return response.with("Content-Disposition",
                       "attachment; filename*=UTF-8''" + percent_encoded(found.meta.name));
}

}  // namespace

void add_file_endpoints(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/files",
                        .id = "uploadFile",
                        .tag = "files",
                        .summary = "Add a file; it waits a day for a record that takes it",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .takes_file = true,
                        .status = 201,
                        .answer = "Attachment"},
                       upload});
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/records/{id}/files/{file}",
                        .id = "downloadFile",
                        .tag = "files",
                        .summary = "A file of a record",
                        .answer = "File",
                        .answer_type = "application/octet-stream",
                        .query = {{"validOn", QueryType::kDate, "What held on this day"},
                                  {"knownAt", QueryType::kDateTime, "As known at this moment"}}},
                       download});
}

}  // namespace zicht::http
