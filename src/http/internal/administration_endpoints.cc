// For administrators and auditors: accounts and the journal.
#include <utility>

#include "app/journal_service.h"
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> list_accounts(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().accounts.list(call.caller));
}

Result<Response> create_account(const ApiContext& context, const ApiCall& call) {
  auto answer = json_answer(context.services().accounts.create(call.caller, call.body));
  if (answer) answer->status = 201;
  return answer;
}

Result<Response> change_account(const ApiContext& context, const ApiCall& call) {
  return json_answer(
      context.services().accounts.update(call.caller, call.parameter("id"), call.body));
}

Result<Response> read_journal(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(before, positive_number(call.request, "before"));
  return json_answer(app::journal_page(context.services().store, call.caller, before));
}

Result<Response> read_verification(const ApiContext& context, const ApiCall& call) {
  return json_answer(app::journal_verification(context.services().store, call.caller));
}

Result<Response> list_readers(const ApiContext& context, const ApiCall& call) {
  const auto cursor = call.request.query_value("cursor");
  return json_answer(context.services().readers.readers(
      call.caller, call.parameter("id"), std::string(cursor.value_or(""))));
}

Result<Response> search_read_log(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().readers.search(call.caller, call.body));
}

Result<Response> export_read_log(const ApiContext& context, const ApiCall& call) {
  return file_answer(
      context.services().readers.export_rows(call.caller, call.body, call.language()));
}

void add_read_log(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/records/{id}/readers",
                        .id = "listReaders",
                        .tag = "read-log",
                        .summary = "Who has looked at a person's data: for that person",
                        .admission = Admission::kSignedIn,
                        .answer = "Items",
                        .query = {{"cursor", QueryType::kText, "`next` of the page before"}}},
                       list_readers});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/read-log/_search",
                        .id = "searchReadLog",
                        .tag = "read-log",
                        .summary = "Who has looked at whose data: for the privacy officer",
                        .admission = Admission::kSignedIn,
                        .body = "ReadLogSearch",
                        .answer = "Items"},
                       search_read_log});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/read-log/_export",
                        .id = "exportReadLog",
                        .tag = "read-log",
                        .summary = "The same as a CSV or XLSX file",
                        .admission = Admission::kSignedIn,
                        .body = "ReadLogExport",
                        .answer = "File",
                        .answer_type = "application/octet-stream"},
                       export_read_log});
}

}  // namespace

void add_administration_endpoints(std::vector<Endpoint>& endpoints) {
  add_read_log(endpoints);
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/accounts",
                        .id = "listAccounts",
                        .tag = "accounts",
                        .summary = "All accounts, and the organisations that they can be of",
                        .admission = Admission::kSignedIn,
                        .answer = "Accounts"},
                       list_accounts});
  endpoints.push_back({{.method = Method::kPost,
                        .pattern = "/v1/accounts",
                        .id = "createAccount",
                        .tag = "accounts",
                        .summary = "Make an account; gives a password for one use",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .body = "AccountCreate",
                        .status = 201,
                        .answer = "Account",
                        .workers = Workers::kPasswords},
                       create_account});
  endpoints.push_back({{.method = Method::kPut,
                        .pattern = "/v1/accounts/{id}",
                        .id = "changeAccount",
                        .tag = "accounts",
                        .summary = "Change what it may do, or reset what was lost",
                        .admission = Admission::kSignedIn,
                        .is_write = true,
                        .body = "AccountChange",
                        .answer = "Account",
                        .workers = Workers::kPasswords},
                       change_account});
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/journal",
                        .id = "readJournal",
                        .tag = "journal",
                        .summary = "Envelopes of the journal without their payloads, newest first",
                        .admission = Admission::kSignedIn,
                        .answer = "Items",
                        .query = {{"before", QueryType::kInteger, "Older than this number"}}},
                       read_journal});
  endpoints.push_back({{.method = Method::kGet,
                        .pattern = "/v1/journal/verification",
                        .id = "readVerification",
                        .tag = "journal",
                        .summary = "What the last verification of the journal found",
                        .admission = Admission::kSignedIn,
                        .answer = "Verification"},
                       read_verification});
}

}  // namespace zicht::http
