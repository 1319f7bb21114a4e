// Letters that are kept: made from templates of packs, edited, compared, taken as documents.
#include "base/error_catalogue.h"
#include "http/internal/answers.h"
#include "http/internal/operation.h"

namespace zicht::http {
namespace {

Result<Response> list_letters(const ApiContext& context, const ApiCall& call) {
  return json_answer(context.services().letters.list(call.caller));
}

Result<app::LetterVersion> version_of(const ApiCall& call) {
  ZICHT_TRY(version, positive_number(call.request, "version"));
  return app::LetterVersion{call.parameter("id"), version};
}

Result<Response> read_letter(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(which, version_of(call));
  ZICHT_TRY(document, context.services().letters.read(call.caller, which));
  return document_answer(std::move(document), 200);
}

Result<Response> make_letter(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(written, context.services().letters.make(call.caller, call.body, call.context));
  const std::string id = written.document.id;
  Response response = written_answer(std::move(written), 200, call.request);
  if (response.status == 200) response.status = 201;
  return response.with("Location", "/v1/letters/" + id);
}

Result<Response> change_letter(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(written, context.services().letters.change(call.caller, call.parameter("id"), call.body,
                                                       call.context));
  return written_answer(std::move(written), 200, call.request);
}

Result<Response> refill_letter(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(written,
            context.services().letters.refill(call.caller, call.parameter("id"), call.context));
  return written_answer(std::move(written), 200, call.request);
}

Result<Response> finish_letter(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(written,
            context.services().letters.finish(call.caller, call.parameter("id"), call.context));
  return written_answer(std::move(written), 200, call.request);
}

Result<std::int64_t> needed_number(const ApiCall& call, std::string_view name) {
  ZICHT_TRY(number, positive_number(call.request, name));
  if (number) return *number;
  return make_error(
      "HT-0016",
      {{"name", std::string(name)},
       {"expected", LocalizedText{"een geheel getal vanaf 1", "a whole number from 1 up"}}});
}

Result<Response> compare_versions(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(from, needed_number(call, "from"));
  ZICHT_TRY(to, needed_number(call, "to"));
  return json_answer(
      context.services().letters.compare(call.caller, call.parameter("id"), from, to));
}

Result<Response> take_letter(const ApiContext& context, const ApiCall& call) {
  ZICHT_TRY(which, version_of(call));
  const std::string format(call.request.query_value("format").value_or(""));
  return file_answer(context.services().letters.document(call.caller, which, format));
}

const QueryKey kVersion = {"version", QueryType::kInteger, "Absent: the newest"};

void add_letter_reads(std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{.pattern = "/v1/letters",
                        .id = "listLetters",
                        .tag = "letters",
                        .summary = "Templates to make a letter of, and the letters one may read",
                        .answer = "LetterList",
                        .looks_past = true},
                       list_letters});
  endpoints.push_back({{.pattern = "/v1/letters/{id}",
                        .id = "readLetter",
                        .tag = "letters",
                        .summary = "A letter, each sentence with its sources",
                        .answer = "Letter",
                        .query = {kVersion},
                        .looks_past = true},
                       read_letter});
  endpoints.push_back({{.pattern = "/v1/letters/{id}/compare",
                        .id = "compareLetter",
                        .tag = "letters",
                        .summary = "What differs between two versions of a letter",
                        .answer = "LetterChanges",
                        .query = {{"from", QueryType::kInteger, "The version before"},
                                  {"to", QueryType::kInteger, "The version after"}},
                        .looks_past = true},
                       compare_versions});
  endpoints.push_back(
      {{.pattern = "/v1/letters/{id}/document",
        .id = "takeLetter",
        .tag = "letters",
        .summary = "A letter as a file: a page, a text document or a tagged PDF",
        .answer = "File",
        .answer_type = "application/octet-stream",
        .query = {{"format", QueryType::kText, "", {"html", "odt", "pdf"}}, kVersion},
        .workers = Workers::kPatient,
        .looks_past = true},
       take_letter});
}

Operation write_operation(std::string_view pattern, std::string_view id, std::string_view summary) {
  return {.method = Method::kPost,
          .pattern = pattern,
          .id = id,
          .tag = "letters",
          .summary = summary,
          .admission = Admission::kSignedIn,
          .is_write = true,
          .needs_idempotency_key = true,
          .needs_if_match = true,
          .answer = "Letter"};
}

}  // namespace

void add_letter_endpoints(std::vector<Endpoint>& endpoints) {
  add_letter_reads(endpoints);
  Operation make = write_operation("/v1/letters", "makeLetter", "Make a draft of a template");
  make.needs_if_match = false;
  make.body = "LetterMake";
  make.status = 201;
  endpoints.push_back({std::move(make), make_letter});
  Operation change = write_operation("/v1/letters/{id}/_change", "changeLetter",
                                     "Reword, add and leave out sentences");
  change.body = "LetterChange";
  endpoints.push_back({std::move(change), change_letter});
  endpoints.push_back({write_operation("/v1/letters/{id}/_refill", "refillLetter",
                                       "Fill a letter again from the newest records"),
                       refill_letter});
  endpoints.push_back({write_operation("/v1/letters/{id}/_finish", "finishLetter",
                                       "Make a letter final; every sentence needs a source"),
                       finish_letter});
}

}  // namespace zicht::http
