#include "wire_requests.h"

#include <doctest/doctest.h>

#include <boost/json/serialize.hpp>
#include <functional>
#include <map>

namespace zicht::wire {
namespace {

std::string text_of(const json::object& body) { return json::serialize(body); }

std::string key(int number) {
  return "Idempotency-Key: a-key-of-a-test-" + std::to_string(number) + "\r\n";
}

// The requests of one world, operation by operation.
class Maker {
 public:
  Maker(const World& world, const std::vector<std::string>& ids) : world_(world), ids_(ids) {
    add_tables();
    add_records();
    add_writes();
    add_people();
    add_messages();
    add_rest();
  }

  bool make(const std::string& operation, std::vector<Request>& all) {
    const auto found = made_.find(operation);
    if (found == made_.end()) return false;
    for (Request& request : found->second) all.push_back(std::move(request));
    return true;
  }

 private:
  Request& get(const std::string& operation, const std::string& path) {
    return add(operation, "GET", path, "");
  }
  Request& post(const std::string& operation, const std::string& path, const json::object& body) {
    return add(operation, "POST", path, text_of(body));
  }
  Request& add(const std::string& operation, const std::string& method, const std::string& path,
               const std::string& body) {
    Request request{operation, method, path, body};
    if (method != "GET") request.headers = key(++keys_);
    return made_[operation].emplace_back(std::move(request));
  }
  // A write of a version that is not there.
  Request& change(const std::string& operation, const std::string& method,
                  const std::string& path, const json::object& body, int version) {
    Request& request = add(operation, method, path, text_of(body));
    request.headers += "If-Match: \"" + std::to_string(version) + "\"\r\n";
    return request;
  }

  // What a form is asked for, in the words of its fields.
  std::vector<json::object> questions_about(const model::Form& form) const {
    std::vector<json::object> all = {{}, {{"limit", 1}}, {{"valid_on", "2026-01-31"}},
                                     {{"text", "canary"}},
                                     {{"sort", {{"field", "changed"}}}}};
    const auto filter = [&](const std::string& field, const char* op, const auto& value) {
      all.push_back({{"filters", json::array{json::object{{"field", field}, {op, value}}}}});
    };
    for (const model::Field& field : form.fields) {
      all.push_back({{"sort", {{"field", field.id}, {"direction", "desc"}}}});
      all.push_back({{"columns", json::array{field.id}}});
      json::array values;
      for (const Canary& canary : world_.canaries()) {
        const model::Record& record = world_.row(canary.record);
        if (record.form != form.full_id() || values.size() == 90) continue;
        values.emplace_back(canary.text);
        if (canary.sensitivity == field.sensitivity) filter(field.id, "equals", canary.text);
      }
      const bool refers = field.type == model::FieldType::kReference;
      for (const std::string& id : ids_) {
        if (refers) filter(field.id, "equals", id);
      }
      filter(field.id, "any_of", values);
      filter(field.id, "from", "2010-01-01");
      all.push_back({{"where", field.id + " != null"}});
    }
    for (const Canary& canary : world_.canaries()) {
      const bool is_of_form = world_.row(canary.record).form == form.full_id();
      if (is_of_form) all.push_back({{"text", canary.text}});
    }
    return all;
  }

  void add_tables() {
    for (const model::Form& form : world_.pack().forms) {
      for (json::object question : questions_about(form)) {
        question["form"] = form.full_id();
        const bool has_columns = question.contains("columns");
        if (!has_columns) post("searchRecords", "/v1/records/_search", question);
        if (question.contains("limit")) continue;
        question["format"] = "csv";
        post("exportRecords", "/v1/records/_export", question);
        if (question.size() > 2) continue;
        question["format"] = "xlsx";
        // A workbook holds the time at which it was made.
        post("exportRecords", "/v1/records/_export", question).is_of_chance = true;
      }
      for (const model::Field& field : form.fields) {
        post("searchNames", "/v1/names/_search",
             {{"form", form.full_id()}, {"field", field.id}});
      }
      get("readFormSchema", "/v1/forms/probe/" + form.id + "/schema");
      json::object fields;
      for (const model::Field& field : form.fields) fields.emplace(field.id, "canary");
      post("evaluateForm", "/v1/forms/probe/" + form.id + "/_evaluate", {{"fields", fields}});
    }
    for (const char* act : {"evaluate", "interview"}) {
      post(std::string(act) + "Model", std::string("/v1/packs/probe/models/canary/_") + act,
           {{"decision", "canary"}, {"inputs", {{"canary", "canary"}}}});
    }
    for (const Canary& canary : world_.canaries()) {
      post("searchAllRecords", "/v1/_search", {{"text", canary.text}});
    }
    post("searchAllRecords", "/v1/_search", {{"text", "canary"}});
  }

  void add_records() {
    for (const std::string& id : ids_) {
      const std::string path = "/v1/records/" + id;
      get("readRecord", path);
      get("readRecord", path + "?validOn=2026-01-31");
      get("readRecord", path + "?validOn=2015-01-01");
      get("readRecord", path + "?knownAt=2026-01-31T09%3A00%3A00Z");
      get("readHistory", path + "/history");
      get("readHistory", path + "/history?before=1000");
      get("readLinks", path + "/links");
      get("readNorms", path + "/norms");
      get("listReaders", path + "/readers");
      for (const std::string& file : files_) get("downloadFile", path + "/files/" + file);
    }
  }

  void add_writes() {
    const json::object wrong{{"fields", {{"call_name", 7}, {"worry", 1}, {"name", 2}}},
                             {"reason", "x"}};
    for (const std::string& id : ids_) {
      const std::string path = "/v1/records/" + id;
      for (const int version : {2, 99}) {
        change("changeRecord", "PUT", path, wrong, version);
        json::object past = wrong;
        past["valid_from"] = "2015-01-01";
        change("correctRecord", "POST", path + "/_correct", past, version);
        change("stepRecord", "POST", path + "/_step",
               {{"transition", "close"}, {"fields", {{"closed_on", 7}}}}, version);
      }
      post("breakRecord", path + "/_break", {{"reason", "x"}, {"hours", 0}});
      post("offerHandover", path + "/_handover",
           {{"organisation", "west"}, {"reason", "x"}, {"basis", "x"}, {"until", "2020-01-01"}});
      post("offerHandover", path + "/_handover",
           {{"organisation", "south"}, {"reason", "x"}, {"basis", "x"}});
      post("searchHandovers", "/v1/handovers/_search", {{"person", id}});
      for (const model::Form& form : world_.pack().forms) {
        post("createRecord", "/v1/records",
             {{"form", form.full_id()},
              {"fields", {{"child", id}, {"holder", id}, {"happened_on", 7}, {"since", 7}}}});
      }
    }
    post("endBreak", "/v1/breaks/" + std::string(26, '9') + "/_end", {}).body.clear();
    post("reviewBreak", "/v1/breaks/" + std::string(26, '9') + "/_review",
         {{"outcome", "justified"}});
    for (const char* act : {"accept", "refuse", "withdraw", "return"}) {
      post(std::string(act) + "Handover", "/v1/handovers/" + std::string(26, '9') + "/_" + act,
           {{"reason", "x"}});
    }
    Request& upload = add("uploadFile", "POST", "/v1/files", "MZ");
    upload.headers += "File-Name: letter.txt\r\n";
    add_imports();
  }

  void add_imports() {
    const std::string file(26, '9');
    get("listImportMappings", "/v1/imports/mappings");
    for (const model::Form& form : world_.pack().forms) {
      const json::object mapping{
          {"form", form.full_id()},
          {"columns", json::array{json::object{{"column", "canary"}, {"field", "name"}}}},
          {"key", json::array{"name"}}};
      post("lookAtImport", "/v1/imports/_look", {{"file", file}, {"form", form.full_id()}});
      post("rehearseImport", "/v1/imports/_rehearse", {{"file", file}, {"mapping", mapping}});
      post("exportImportErrors", "/v1/imports/_errors", {{"file", file}, {"mapping", mapping}});
      post("acceptImport", "/v1/imports/_accept",
           {{"file", file}, {"mapping", mapping}, {"plan", "x"}});
      post("keepImportMapping", "/v1/imports/mappings", {{"name", "x"}, {"mapping", mapping}});
    }
  }

  void add_people() {
    get("listAccounts", "/v1/accounts");
    post("createAccount", "/v1/accounts", {{"login", "worker"}, {"name", "x"},
                                           {"organisation", "nowhere"},
                                           {"roles", json::array{"probe/nobody"}}});
    for (const std::string& id : ids_) {
      add("changeAccount", "PUT", "/v1/accounts/" + id, text_of({{"subject", id}}));
    }
    get("readJournal", "/v1/journal");
    get("readVerification", "/v1/journal/verification");
    post("searchReadLog", "/v1/read-log/_search", {});
    post("exportReadLog", "/v1/read-log/_export", {{"format", "csv"}});
    post("searchRetention", "/v1/retention/_search", {});
    post("searchErasures", "/v1/retention/_erasures", {});
    for (const std::string& id : ids_) {
      // Nothing is due, so nothing goes.
      post("approveRetention", "/v1/retention/_approve",
           {{"records", json::array{json::object{{"record", id}, {"version", 1}}}}});
    }
    post("searchBreaks", "/v1/breaks/_search", {});
    post("searchHandovers", "/v1/handovers/_search", {});
    post("searchHandovers", "/v1/handovers/_search", {{"direction", "outgoing"}});
    post("searchTasks", "/v1/tasks/_search", {});
    post("searchTasks", "/v1/tasks/_search", {{"limit", 1}});
  }

  void add_messages() {
    const std::string none = std::string(26, '9');
    const json::object webhook{{"title", "canary"}, {"url", "https://example.org/in"},
                               {"forms", json::array{"probe/child"}}, {"events", json::array{"x"}}};
    get("listWebhooks", "/v1/webhooks");
    post("createWebhook", "/v1/webhooks", webhook);
    add("changeWebhook", "PUT", "/v1/webhooks/" + none, text_of(webhook));
    post("tryWebhook", "/v1/webhooks/" + none + "/_try", {}).body.clear();
    get("readMailWish", "/v1/session/mail");
    add("changeMailWish", "PUT", "/v1/session/mail", text_of({{"mail", "x"}, {"wish", "x"}}));
    get("listOutbox", "/v1/outbox");
    post("resendDead", "/v1/outbox/_resend", {}).body.clear();
    post("resendMessage", "/v1/outbox/" + none + "/_resend", {}).body.clear();
    // How full the disk is, and since when, is of the moment.
    add("readHealth", "GET", "/v1/health", "").is_of_chance = true;
  }

  void add_rest() {
    get("isLive", "/v1/health/live");
    get("isReady", "/v1/health/ready");
    get("readSession", "/v1/session");
    post("signIn", "/v1/session", {{"login", "worker"}, {"password", "x"}}).may_sign_out = true;
    add("signOut", "DELETE", "/v1/session", "").may_sign_out = true;
    Request& totp = add("startTotp", "POST", "/v1/session/totp", "");
    totp.may_sign_out = true;
    for (const char* path : {"_confirm", "_remove"}) {
      const std::string operation = std::string(path) == "_confirm" ? "confirmTotp" : "removeTotp";
      post(operation, std::string("/v1/session/totp/") + path, {{"code", "1"}});
    }
    post("changePassword", "/v1/session/password", {{"current", "x"}, {"new", "canary word"}});
    get("readCatalogue", "/v1/catalogue");
    get("readCatalogue", "/v1/catalogue?pack=probe&hash=" + world_.pack().hash);
    get("listPacks", "/v1/packs");
    get("listPackVersions", "/v1/packs/probe/versions");
    get("readPackFiles", "/v1/packs/probe/versions/" + world_.pack().hash + "/files");
    for (const char* document : {"register", "pre-dpia"}) {
      get("readProcessing", std::string("/v1/processing/") + document);
      for (const char* format : {"md", "csv"}) {
        post("exportProcessing", std::string("/v1/processing/") + document + "/_export",
             {{"format", format}});
      }
    }
    get("listModels", "/v1/packs/probe/models");
    get("readModel", "/v1/packs/probe/models/none");
    get("listNorms", "/v1/packs/probe/norms");
    post("evaluateModel", "/v1/packs/probe/models/none/_evaluate",
         {{"decision", "canary"}, {"inputs", {{"canary", "canary"}}}});
    get("listDesks", "/v1/desks");
    get("readDesk", "/v1/desks/probe/none");
    get("listIndicators", "/v1/indicators");
    for (const model::Indicator& indicator : world_.pack().indicators) {
      const std::string path = "/v1/indicators/" + indicator.full_id();
      get("readIndicator", path);
      get("readIndicator", path + "?validOn=2015-01-01");
      get("readIndicator", path + "?knownAt=2026-01-31T09%3A00%3A00Z");
    }
    get("readIndicator", "/v1/indicators/probe/none");
    add_open_data();
    add_rounds();
    add_letters();
    post("interpretWords", "/v1/calendar/_interpret",
         {{"words", "voor de zomer"}, {"written_on", "2026-01-31"}});
    made_["listen"];                    // a test of its own: the stream does not end
  }

  // No round of the pack is about its persons (PK-0256): nothing of them may come.
  void add_rounds() {
    get("listRounds", "/v1/rounds");
    for (const std::string& id : ids_) {
      const std::string of = "/v1/rounds/probe/none/" + id;
      get("readRound", of);
      get("readRoundSheet", of + "/" + id);
    }
    const std::string sheet = "/v1/rounds/probe/none/" + ids_.front() + "/" + ids_.front();
    const json::array rows{json::object{{"row", ids_.front()}, {"fields", json::object{}}}};
    post("saveRoundSheet", sheet + "/_save", {{"rows", rows}});
    const json::array steps{json::object{{"id", ids_.front()}, {"version", 1}}};
    post("stepRoundSheet", sheet + "/_step", {{"transition", "close"}, {"rows", steps}});
    post("askRoundPlace", sheet + "/_ask", {{"organisation", "north"}});
    const json::array requests{json::object{{"id", ids_.front()}, {"version", 1}}};
    post("remindRoundPlaces", "/v1/rounds/probe/none/" + ids_.front() + "/_remind",
         {{"requests", requests}});
  }

  // No letter tells of persons (PK-0253), and no record of a person is a letter.
  void add_letters() {
    get("listLetters", "/v1/letters");
    post("makeLetter", "/v1/letters", {{"template", "probe/none"}});
    for (const std::string& id : ids_) {
      const std::string path = "/v1/letters/" + id;
      get("readLetter", path);
      get("compareLetter", path + "/compare?from=1&to=1");
      get("takeLetter", path + "/document?format=html");
      change("changeLetter", "POST", path + "/_change", {{"title", "canary"}}, 1);
      change("refillLetter", "POST", path + "/_refill", {}, 1);
      change("finishLetter", "POST", path + "/_finish", {}, 1);
    }
  }

  void add_open_data() {
    const std::string at = "/v1/open-data/";
    for (const char* format : {"jsonld", "turtle"}) {
      get("readOpenData", at + "catalogue?format=" + format);
    }
    for (const model::Form& form : world_.pack().forms) {
      get("downloadRegister", at + "registers/" + form.full_id());
      get("downloadRegister", at + "registers/" + form.full_id() + "?format=xlsx").is_of_chance =
          true;
    }
    // No field of theirs is an edition: nothing of them may come.
    for (const std::string& id : ids_) {
      get("downloadEdition", at + "editions/" + id + "/name?format=json");
    }
    for (const model::Indicator& indicator : world_.pack().indicators) {
      for (const char* format : {"csv", "json"}) {
        get("downloadIndicator",
            at + "indicators/" + indicator.full_id() + "?format=" + format);
      }
    }
  }

  const World& world_;
  const std::vector<std::string>& ids_;
  const std::vector<std::string> files_ = world_.files();
  std::map<std::string, std::vector<Request>> made_;
  int keys_ = 0;
};

}  // namespace

std::vector<Request> all_requests(const World& world, const std::vector<std::string>& ids,
                                  const std::vector<std::string>& operations) {
  Maker maker(world, ids);
  std::vector<Request> all;
  for (const std::string& operation : operations) {
    if (!maker.make(operation, all)) FAIL_CHECK("no request for the operation " << operation);
  }
  return all;
}

std::vector<std::string> operations_of(const World& world) {
  const auto reply = world.client().get("/v1/openapi.json");
  REQUIRE(reply.status == 200);
  const auto document = parse_json(reply.body);
  REQUIRE(document.has_value());
  std::vector<std::string> operations;
  for (const auto& path : document->at("paths").as_object()) {
    for (const auto& method : path.value().as_object()) {
      operations.emplace_back(method.value().at("operationId").as_string());
    }
  }
  return operations;
}

http::testing::Reply send(http::testing::TestClient& client, const Asker& asker,
                          const Request& request) {
  const std::string type = request.operation == "uploadFile" ? "application/octet-stream"
                                                             : "application/json";
  std::string head = request.method + " " + request.path + " HTTP/1.1\r\nHost: test\r\n";
  if (!request.body.empty()) head += "Content-Type: " + type + "\r\n";
  head += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  if (!request.may_sign_out) head += asker.headers;
  client.send(head + request.headers + "\r\n" + request.body);
  return client.read_reply();
}

}  // namespace zicht::wire
