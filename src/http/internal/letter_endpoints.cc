// Letters that are kept: made from templates of packs, edited, compared, taken as documents.
#include "http/internal/letter_endpoints.h"

#include "base/error_catalogue.h"
#include "http/internal/answers.h"

namespace zicht::http {
namespace {

Result<Response> list_letters(app::LettersService& letters, const ApiCall& call) {
  return json_answer(letters.list(call.caller));
}

Result<app::LetterVersion> version_of(const ApiCall& call) {
  ZICHT_TRY(version, positive_number(call.request, "version"));
  return app::LetterVersion{call.parameter("id"), version};
}

Result<Response> read_letter(app::LettersService& letters, const ApiCall& call) {
  ZICHT_TRY(which, version_of(call));
  ZICHT_TRY(document, letters.read(call.caller, which));
  return document_answer(std::move(document), 200);
}

Result<Response> make_letter(app::LettersService& letters, const ApiCall& call) {
  ZICHT_TRY(written, letters.make(call.caller, call.body, call.context));
  const std::string id = written.document.id;
  Response response = written_answer(std::move(written), 200, call.request);
  if (response.status == 200) response.status = 201;
  return response.with("Location", "/v1/letters/" + id);
}

Result<Response> change_letter(app::LettersService& letters, const ApiCall& call) {
  ZICHT_TRY(written, letters.change(call.caller, call.parameter("id"), call.body, call.context));
  return written_answer(std::move(written), 200, call.request);
}

Result<Response> refill_letter(app::LettersService& letters, const ApiCall& call) {
  ZICHT_TRY(written, letters.refill(call.caller, call.parameter("id"), call.context));
  return written_answer(std::move(written), 200, call.request);
}

Result<Response> finish_letter(app::LettersService& letters, const ApiCall& call) {
  ZICHT_TRY(written, letters.finish(call.caller, call.parameter("id"), call.context));
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

Result<Response> compare_versions(app::LettersService& letters, const ApiCall& call) {
  ZICHT_TRY(from, needed_number(call, "from"));
  ZICHT_TRY(to, needed_number(call, "to"));
  return json_answer(letters.compare(call.caller, call.parameter("id"), from, to));
}

Result<Response> take_letter(app::LettersService& letters, const ApiCall& call) {
  ZICHT_TRY(which, version_of(call));
  const std::string format(call.request.query_value("format").value_or(""));
  return file_answer(letters.document(call.caller, which, format));
}

const QueryKey kVersion = {"version", QueryType::kInteger, "Absent: the newest"};

using LetterHandler = Result<Response> (*)(app::LettersService&, const ApiCall&);

// Operations with their handlers, over the letters of this server.
class Table {
 public:
  Table(std::vector<Endpoint>& endpoints, app::LettersService& letters)
      : endpoints_(endpoints), letters_(letters) {}

  void add(Operation operation, LetterHandler handler) {
    endpoints_.push_back({std::move(operation),
                          [handler, letters = &letters_](const ApiContext&, const ApiCall& call) {
                            return handler(*letters, call);
                          }});
  }

 private:
  std::vector<Endpoint>& endpoints_;
  app::LettersService& letters_;
};

void add_letter_reads(Table& table) {
  table.add({.pattern = "/v1/letters",
             .id = "listLetters",
             .tag = "letters",
             .summary = "Templates to make a letter of, and the letters one may read",
             .answer = "LetterList",
             .looks_past = true},
            list_letters);
  table.add({.pattern = "/v1/letters/{id}",
             .id = "readLetter",
             .tag = "letters",
             .summary = "A letter, each sentence with its sources",
             .answer = "Letter",
             .query = {kVersion},
             .looks_past = true},
            read_letter);
  table.add({.pattern = "/v1/letters/{id}/compare",
             .id = "compareLetter",
             .tag = "letters",
             .summary = "What differs between two versions of a letter",
             .answer = "LetterChanges",
             .query = {{"from", QueryType::kInteger, "The version before"},
                       {"to", QueryType::kInteger, "The version after"}},
             .looks_past = true},
            compare_versions);
  table.add({.pattern = "/v1/letters/{id}/document",
             .id = "takeLetter",
             .tag = "letters",
             .summary = "A letter as a file: a page, a text document or a tagged PDF",
             .answer = "File",
             .answer_type = "application/octet-stream",
             .query = {{"format", QueryType::kText, "", {"html", "odt", "pdf"}}, kVersion},
             .workers = Workers::kPatient},
            take_letter);
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

void add_letter_endpoints(std::vector<Endpoint>& endpoints, app::LettersService& letters) {
  Table table(endpoints, letters);
  add_letter_reads(table);
  Operation make = write_operation("/v1/letters", "makeLetter", "Make a draft of a template");
  make.needs_if_match = false;
  make.body = "LetterMake";
  make.status = 201;
  table.add(std::move(make), make_letter);
  Operation change = write_operation("/v1/letters/{id}/_change", "changeLetter",
                                     "Reword, add and leave out sentences");
  change.body = "LetterChange";
  table.add(std::move(change), change_letter);
  table.add(write_operation("/v1/letters/{id}/_refill", "refillLetter",
                            "Fill a letter again from the newest records"),
            refill_letter);
  table.add(write_operation("/v1/letters/{id}/_finish", "finishLetter",
                            "Make a letter final; every sentence needs a source"),
            finish_letter);
}

}  // namespace zicht::http
