// Records and tasks: the operations under /v1/records and /v1/tasks.
#include <utility>

#include "app/overall_search.h"
#include "base/error_catalogue.h"
#include "http/internal/answers.h"
#include "http/internal/guard.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> search(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().records.search(call.caller, call.body));
}

Result<Response> search_all(const ApiContext& context, const ApiCall& call) {
  const app::Services& services = context.services();
  return json_answer(
      app::search_everywhere(context.services().records, services.packs, call.caller, call.body));
}

Result<Response> search_names(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().names.search(call.caller, call.body));
}

Result<Response> export_rows(const ApiContext& context, const ApiCall& call) {
  return file_answer(
      context.services().records.export_rows(call.caller, call.body, call.language()));
}

Result<Response> create(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(written, context.services().records.create(call.caller, call.body, call.context));
  return written_answer(std::move(written), 201, call.request);
}

Result<Response> read(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(moment, as_of(call.request));
  ZICHT_TRY(unshown,
            context.services().records.read_unshown(call.caller, call.parameter("id"), moment));
  return once_kept(context, document_answer(std::move(unshown.document), 200),
                   std::move(unshown.look), call.request);
}

Result<Response> change(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(written, context.services().records.change(call.caller, call.parameter("id"),
                                                       call.body, call.context));
  return written_answer(std::move(written), 200, call.request);
}

Result<Response> correct(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(written, context.services().records.correct(call.caller, call.parameter("id"),
                                                        call.body, call.context));
  return written_answer(std::move(written), 200, call.request);
}

Result<Response> step(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(written, context.services().records.step(call.caller, call.parameter("id"), call.body,
                                                     call.context));
  return written_answer(std::move(written), 200, call.request);
}

Result<Response> history(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(before, positive_number(call.request, "before"));
  return json_answer(
      context.services().records.history(call.caller, call.parameter("id"), before));
}

Result<Response> links(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().records.links(call.caller, call.parameter("id")));
}

Result<Response> norms(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().records.norms(call.caller, call.parameter("id")));
}

Result<Response> search_tasks(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().tasks.search(call.caller, call.body));
}

void add_searches(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/records/_search",
                        .id = "searchRecords",
                        .tag = "records",
                        .summary = "One page of the records of a form",
                        .body = "Search",
                        .answer = "SearchPage",
                        .looks_past = true},
                       search});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/names/_search",
                        .id = "searchNames",
                        .tag = "records",
                        .summary = "Accounts or organisations to choose from in a field",
                        .admission = Admission::kSignedIn,
                        .body = "NameSearch",
                        .answer = "NamePage",
                        .looks_past = true},
                       search_names});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/_search",
                        .id = "searchAllRecords",
                        .tag = "records",
                        .summary = "Words in every register; of each its first records",
                        .body = "SearchAll",
                        .answer = "SearchGroups",
                        .looks_past = true},
                       search_all});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/records/_export",
                        .id = "exportRecords",
                        .tag = "records",
                        .summary = "The records of a search as a CSV or XLSX file",
                        .body = "Export",
                        .answer = "File",
                        .answer_type = "application/octet-stream",
                        .looks_past = true},
                       export_rows});
}

void add_reads(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/records/{id}",
                        .id = "readRecord",
                        .tag = "records",
                        .summary = "One record, now or as it was",
                        .answer = "Record",
                        .query = {{"validOn", QueryType::kDate, "What held on this day"},
                                  {"knownAt", QueryType::kDateTime, "As known at this moment"}}},
                       read});
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/records/{id}/history",
                        .id = "readHistory",
                        .tag = "records",
                        .summary = "Who changed what and why, newest first",
                        .answer = "History",
                        .query = {{"before", QueryType::kInteger, "Older than this number"}}},
                       history});
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/records/{id}/links",
                        .id = "readLinks",
                        .tag = "records",
                        .summary = "What this record refers to, and what refers to it",
                        .answer = "Links",
                        .looks_past = true},
                       links});
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/records/{id}/norms",
                        .id = "readNorms",
                        .tag = "records",
                        .summary = "What norms say of this record today, and why",
                        .answer = "Norms"},
                       norms});
}

void add_tasks(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/tasks/_search",
                        .id = "searchTasks",
                        .tag = "tasks",
                        .summary = "What the caller's roles have to do, due first",
                        .admission = Admission::kSignedIn,
                        .body = "TaskSearch",
                        .answer = "TaskPage",
                        .looks_past = true},
                       search_tasks});
}

void add_writes(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/records",
                        .id = "createRecord",
                        .tag = "records",
                        .summary = "Make a record",
                        .is_write = true,
                        .needs_idempotency_key = true,
                        .body = "RecordCreate",
                        .status = 201,
                        .answer = "Record"},
                       create});
  endpoints.push_back({{.method = Method::kPut,
                        .pattern = "/v1/records/{id}",
                        .id = "changeRecord",
                        .tag = "records",
                        .summary = "Change a record: all fields that the caller may see",
                        .is_write = true,
                        .needs_if_match = true,
                        .body = "RecordChange",
                        .answer = "Record"},
                       change});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/records/{id}/_correct",
                        .id = "correctRecord",
                        .tag = "records",
                        .summary = "Correct what was recorded wrongly about a time in the past",
                        .is_write = true,
                        .needs_idempotency_key = true,
                        .needs_if_match = true,
                        .body = "RecordCorrect",
                        .answer = "Record"},
                       correct});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/records/{id}/_step",
                        .id = "stepRecord",
                        .tag = "records",
                        .summary = "Take a step of the record's process",
                        .is_write = true,
                        .needs_idempotency_key = true,
                        .needs_if_match = true,
                        .body = "RecordStep",
                        .answer = "Record"},
                       step});
}

}  // namespace

void add_record_endpoints(std::vector<Endpoint>& endpoints) {
  add_searches(endpoints);
  add_reads(endpoints);
  add_tasks(endpoints);
  add_writes(endpoints);
}

}  // namespace zicht::http
