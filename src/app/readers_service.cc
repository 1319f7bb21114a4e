#include "app/readers_service.h"

#include <map>
#include <tuple>

#include "app/internal/body.h"
#include "app/present/json_writer.h"
#include "base/amsterdam.h"
#include "base/error_catalogue.h"

namespace zicht::app {
namespace {

constexpr std::int64_t kPage = 1000;
constexpr std::int64_t kMostRows = 100'000;

// One line for the person: everything of one day that looks the same.
struct Line {
  std::string day, organisation, purpose, action;
  std::vector<std::string> roles;
  auto operator<=>(const Line&) const = default;
};

Line line_of(const ReadEntry& entry) {
  return {amsterdam_date(entry.at).to_string(), entry.organisation, entry.purpose, entry.action,
          entry.roles};
}

void write_roles(JsonWriter& json, const Rulebook& rules, const std::vector<std::string>& roles) {
  json.key("roles").array();
  for (const std::string& role : roles) {
    json.object().member("id", role).member("title", model::role_title(rules.packs, role)).end();
  }
  json.end();
}

LocalizedText purpose_title(const model::PackSet& packs, const std::string& purpose) {
  if (purpose == model::kEmergency) return model::emergency_title();
  const auto parts = model::split_full_id(purpose);
  const auto pack = parts ? packs.active(parts->first) : nullptr;
  const model::Named* named = pack == nullptr ? nullptr : pack->find_purpose(parts->second);
  return named == nullptr ? LocalizedText{purpose, purpose} : named->title;
}

void write_purpose(JsonWriter& json, const Rulebook& rules, const std::string& purpose) {
  if (purpose.empty()) return;
  json.key("purpose").object().member("id", purpose);
  json.member("title", purpose_title(rules.packs, purpose)).end();
}

void write_organisation(JsonWriter& json, Organisations& organisations, const std::string& id) {
  json.key("organisation").object().member("id", id);
  json.member("name", organisations.name_of(id)).end();
}

ReadQuery read_query(internal::Body& body) {
  ReadQuery query;
  query.subject = body.text_if("subject").value_or("");
  query.account = body.text_if("account").value_or("");
  if (const auto from = body.date_if("from")) query.from = amsterdam_midnight(*from);
  if (const auto to = body.date_if("to")) {
    const auto after = add_days(*to, 1);
    query.until = amsterdam_midnight(after.has_value() ? *after : *to);
  }
  query.limit = body.page_size();
  query.cursor = body.text_if("cursor").value_or("");
  return query;
}

}  // namespace

Result<void> ReadersService::note(const Caller& caller, const std::string& subject) {
  return ports_.reads.note_readers(caller, subject);
}

Result<std::string> ReadersService::readers(const Caller& caller, const std::string& person,
                                            const std::string& cursor) {
  const bool is_self = !caller.subject.empty() && caller.subject == person;
  if (!is_self && !caller.has_builtin(model::kPrivacyOfficer)) {
    ZICHT_CHECKED(ports_.reads.note_refused(caller, "readers", person));
    return make_error("AP-0001");
  }
  ZICHT_TRY(page, ports_.log.find({.subject = person,
                                   .account = {},
                                   .from = {},
                                   .until = {},
                                   .limit = kPage,
                                   .cursor = cursor}));
  ZICHT_CHECKED(note(caller, person));
  // A refused look has seen nothing.
  std::map<Line, std::int64_t, std::greater<>> lines;
  for (const ReadEntry& entry : page.entries) {
    if (!entry.is_refused) ++lines[line_of(entry)];
  }
  const RulebookPtr rules = ports_.packs.rules();
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const auto& [line, times] : lines) {
    json.object().member("day", line.day);
    write_organisation(json, ports_.organisations, line.organisation);
    write_roles(json, *rules, line.roles);
    write_purpose(json, *rules, line.purpose);
    json.member("action", line.action).key("times").number(times).end();
  }
  json.end().member_if("next", page.next).end();
  return out;
}

Result<std::string> ReadersService::search(const Caller& caller, const Json& request) {
  if (!caller.has_builtin(model::kPrivacyOfficer)) return make_error("AP-0002");
  internal::Body body(request, {"subject", "account", "from", "to", "limit", "cursor"});
  const ReadQuery query = read_query(body);
  ZICHT_CHECKED(body.check());
  ZICHT_TRY(page, ports_.log.find(query));
  ZICHT_CHECKED(note(caller, query.subject));
  ZICHT_TRY(accounts, ports_.store.accounts());
  std::map<std::string, std::string> names;
  for (const Account& account : accounts) names.emplace(account.id, account.name);
  const RulebookPtr rules = ports_.packs.rules();
  std::string out;
  JsonWriter json(out);
  json.object().key("items").array();
  for (const ReadEntry& entry : page.entries) {
    json.object().member("id", entry.id).member("at", entry.at.to_string());
    json.key("account").object().member("id", entry.account);
    json.member("name", names[entry.account]).end();
    write_organisation(json, ports_.organisations, entry.organisation);
    write_roles(json, *rules, entry.roles);
    write_purpose(json, *rules, entry.purpose);
    json.member("action", entry.action).member_if("form", entry.form).key("subjects").array();
    for (const std::string& subject : entry.subjects) json.text(subject);
    json.end().member("outcome", entry.is_refused ? "refused" : "ok");
    json.member_if("trace", entry.trace).end();
  }
  json.end().member_if("next", page.next).end();
  return out;
}

Result<ExportFile> ReadersService::export_rows(const Caller& caller, const Json& request,
                                               Language language) {
  if (!caller.has_builtin(model::kPrivacyOfficer)) return make_error("AP-0002");
  internal::Body body(request,
                      {"subject", "account", "from", "to", "limit", "cursor", "format"});
  ReadQuery query = read_query(body);
  query.limit = kPage;
  query.cursor.clear();
  const auto sink = ports_.make_sink(body.text("format"), language);
  if (sink == nullptr) body.add(make_problem("AP-0076", "/format"));
  ZICHT_CHECKED(body.check());
  ZICHT_CHECKED(note(caller, query.subject));
  const auto words = [&](const char* nl, const char* en) {
    return in_language({nl, en}, language);
  };
  sink->begin(words("Leeslog", "Read log"),
              {words("Tijd", "Time"), words("Account", "Account"),
               words("Organisatie", "Organisation"), words("Rollen", "Roles"),
               words("Doel", "Purpose"), words("Handeling", "Action"),
               words("Formulier", "Form"), words("Wie het betreft", "Subjects"),
               words("Uitkomst", "Outcome"), words("Verzoek", "Request")});
  std::int64_t count = 0;
  const auto text = [](const std::string& value) { return value.empty() ? Cell() : Cell(value); };
  const auto joined = [](const std::vector<std::string>& all) {
    std::string out;
    for (const std::string& each : all) out += (out.empty() ? "" : "; ") + each;
    return out;
  };
  do {
    ZICHT_TRY(page, ports_.log.find(query));
    for (const ReadEntry& entry : page.entries) {
      if (count++ == kMostRows) break;
      sink->row({text(entry.at.to_string()), text(entry.account), text(entry.organisation),
                 text(joined(entry.roles)), text(entry.purpose), text(entry.action),
                 text(entry.form), text(joined(entry.subjects)),
                 text(entry.is_refused ? "refused" : "ok"), text(entry.trace)});
    }
    query.cursor = page.next;
  } while (!query.cursor.empty() && count < kMostRows);
  if (!query.cursor.empty()) {
    sink->note(words("Dit bestand stopt bij 100000 rijen; kies minder dagen om de rest te krijgen.",
                     "This file stops at 100000 rows; choose fewer days to get the rest."));
  }
  ZICHT_TRY(content, sink->finish());
  return ExportFile{std::move(content), sink->content_type(),
                    "read-log." + sink->file_extension()};
}

}  // namespace zicht::app
