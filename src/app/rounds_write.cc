// Saving the rows of a round together, taking one step for many, and asking a place.
#include <algorithm>
#include <array>
#include <set>

#include "app/internal/body.h"
#include "app/internal/record_draft.h"
#include "app/internal/round_sheet.h"
#include "app/internal/trouble.h"
#include "app/rounds_service.h"
#include "base/error_catalogue.h"
#include "base/hash.h"
#include "base/ids.h"
#include "base/text.h"

namespace zicht::app {
namespace {

using internal::Body;
using internal::Draft;
using internal::FoundRecord;
using internal::is_trouble;
using internal::Sheet;
using internal::SheetRow;
using model::Record;

// One of the rows that were sent.
struct SentRow {
  std::string id;                       // of the row, or of its record
  std::int64_t version = 0;             // of the record; 0: it is not there yet
  const json::object* fields = nullptr;
};

// What is wrong with rows that were sent, each with its place.
class RowProblems {
 public:
  void add(std::size_t row, std::string_view id, const std::string& below = {}) {
    problems_.push_back(make_problem(id, at(row) + below));
  }

  // Of a row that could not be decided. Errors: what is no matter of this row.
  Result<void> add(std::size_t row, const Error& error) {
    if (is_trouble(error)) return error;
    for (Problem problem : error.problems) {
      problem.where = at(row) + problem.where;
      problems_.push_back(std::move(problem));
    }
    if (error.problems.empty()) {
      problems_.push_back({error.id, at(row), error.message, error.hint});
    }
    return {};
  }

  // Errors: AP-0285 with them all when a row is not as it was, else AP-0020.
  [[nodiscard]] Result<void> check() const {
    if (problems_.empty()) return {};
    const bool is_stale = std::any_of(problems_.begin(), problems_.end(), [](const auto& each) {
      return each.id == "AP-0285";
    });
    Error error = make_error(is_stale ? "AP-0285" : "AP-0020");
    error.problems = problems_;
    return error;
  }

 private:
  static std::string at(std::size_t row) { return "/rows/" + std::to_string(row); }
  std::vector<Problem> problems_;
};

Result<std::vector<SentRow>> read_rows(Body& body, std::string_view key, bool with_fields) {
  std::vector<SentRow> rows;
  std::set<std::string> seen;
  const Json* list = body.array_if("rows");
  const std::size_t count = list == nullptr ? 0 : list->get_array().size();
  for (std::size_t i = 0; i < count && i < internal::kMostRoundRows; ++i) {
    const Json& json = list->get_array()[i];
    Body item = with_fields ? Body(json, {key, "version", "fields"}) : Body(json, {key, "version"});
    SentRow row{.id = item.text(key), .version = item.number_if("version").value_or(0)};
    if (with_fields) row.fields = &item.object("fields").as_object();
    if (auto sound = item.check(); !sound) {
      std::vector<Problem> problems = sound.error().problems;
      for (Problem& each : problems) each.where = "/rows/" + std::to_string(i) + each.where;
      body.add(std::move(problems));
    } else {
      seen.insert(row.id);
      rows.push_back(std::move(row));
    }
  }
  if (body.is_sound() && (count == 0 || seen.size() != count)) {
    body.add(make_problem("AP-0288", "/rows"));
  }
  ZICHT_CHECKED(body.check());
  return rows;
}

// An id that follows from what the record is for, so that it is made once.
std::string id_from(const std::vector<std::string>& parts, std::size_t ended) {
  Hasher hasher;
  for (const std::string& part : parts) hasher.add_u64(part.size()).add(part);
  const Hash hash = hasher.add_u64(ended).finish();
  std::array<std::byte, PublicId::kSize> bytes{};
  std::copy_n(hash.bytes().begin(), bytes.size(), bytes.begin());
  return PublicId(bytes).to_string();
}

// The same for everybody who makes this row for this organisation. What another one keeps of the
// row, seen or not, has an id of its own: it tells nothing and stands in nobody's way.
std::string id_of_row(const Sheet& sheet, const SheetRow& row, const std::string& keeper) {
  return id_from({"round", sheet.asked.round->full_id(), sheet.of.id, sheet.who.id, row.row.id,
                  keeper},
                 row.ended);
}

// A place is asked once, whoever asks and whoever is asked.
std::string id_of_request(const Sheet& sheet) {
  return id_from({"round", sheet.asked.round->full_id(), sheet.of.id, sheet.who.id}, 0);
}

// "Row, place, edition", as far as it fits.
std::string joined(const std::vector<std::string>& titles, std::int64_t limit) {
  std::string text;
  for (const std::string& title : titles) text += (text.empty() ? "" : ", ") + title;
  while (code_point_length(text) > static_cast<std::size_t>(limit)) {
    do {
      text.pop_back();
    } while (!text.empty() && !check_text(text));
  }
  return text;
}

void set_name(json::object& fields, const model::Form& form, const std::string& field,
              const std::vector<std::string>& titles) {
  if (field.empty()) return;
  fields[field] = joined(titles, form.find_field(field)->text_limit());
}

std::string reason_of(Body& body, const packs::Round& round) {
  return body.text_if("reason").value_or(round.title.nl);
}

Json new_fields(const Sheet& sheet, const SheetRow& row, const json::object& given) {
  const packs::Round& round = *sheet.asked.round;
  json::object fields = round.set;
  fields[round.of] = sheet.of.id;
  fields[round.who] = sheet.who.id;
  fields[round.rows] = row.row.id;
  set_name(fields, *sheet.asked.form.form, round.name,
           {row.row.title, sheet.who.title, sheet.of.title});
  const bool is_continued = row.last && internal::text_of(*row.last, round.who) == sheet.who.id;
  if (!round.previous.empty() && is_continued) fields[round.previous] = row.last->id;
  if (!round.replaces.empty() && row.replaced) fields[round.replaces] = row.replaced->id;
  for (const auto& member : given) fields[member.key()] = member.value();
  return fields;
}

// What is asked as it was sent, the rest as it stands.
Json changed_fields(const packs::Round& round, const FoundRecord& found,
                    const json::object& given) {
  const Json seen = visible_part(found.scope, *found.form.form, found.record).fields;
  json::object fields;
  for (const auto& member : seen.as_object()) {
    const model::Field* field = found.form.form->find_field(member.key());
    const bool is_own = field != nullptr && (field->is_computed() || field->is_frozen());
    if (!is_own) fields[member.key()] = member.value();
  }
  for (const std::string& name : round.ask) {
    const Json* value = given.if_contains(name);
    if (value != nullptr) fields[name] = *value;
    if (value == nullptr) fields.erase(name);
  }
  return fields;
}

class SheetWrite {
 public:
  SheetWrite(const RecordService::Ports& ports, const Caller& caller, const Sheet& sheet,
             const WriteContext& context)
      : ports_(ports), caller_(caller), sheet_(sheet), context_(context) {}

  Result<void> save(const std::vector<SentRow>& rows, const std::string& reason) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const SheetRow* row = find([&](const SheetRow& each) { return each.row.id == rows[i].id; });
      if (row == nullptr) {
        problems_.add(i, "AP-0281");
      } else if (is_sound(i, rows[i], *row)) {
        ZICHT_CHECKED(take(i, row->now ? change(rows[i], *row, reason)
                                       : create(rows[i], *row, reason)));
      }
    }
    return write(rows.size());
  }

  Result<void> step(const std::vector<SentRow>& rows, const std::string& transition,
                    const std::optional<std::string>& reason) {
    json::object request{{"transition", transition}};
    if (reason) request["reason"] = *reason;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const SheetRow* row =
          find([&](const SheetRow& each) { return each.now && each.now->id == rows[i].id; });
      if (row == nullptr) {
        problems_.add(i, "AP-0281");
        continue;
      }
      ZICHT_CHECKED(take(i, act(rows[i], *row, [&](FoundRecord found) {
        return internal::draft_step(ports_, caller_, std::move(found), Json(request));
      })));
    }
    ZICHT_CHECKED(problems_.check());
    ZICHT_CHECKED(follow(transition));
    return write(rows.size());
  }

 private:
  template <class Is>
  const SheetRow* find(Is is) const {
    const auto found = std::find_if(sheet_.rows.begin(), sheet_.rows.end(), is);
    return found == sheet_.rows.end() ? nullptr : &*found;
  }

  bool is_sound(std::size_t i, const SentRow& sent, const SheetRow& row) {
    const packs::Round& round = *sheet_.asked.round;
    for (const auto& member : *sent.fields) {
      const std::string name(member.key());
      if (std::find(round.ask.begin(), round.ask.end(), name) != round.ask.end()) continue;
      problems_.add(i, "AP-0281", "/fields/" + name);
      return false;
    }
    if (internal::is_open(sheet_.asked, row.now)) return true;
    problems_.add(i, "AP-0283");
    return false;
  }

  Result<Draft> create(const SentRow& sent, const SheetRow& row, const std::string& reason) {
    if (sent.version != 0) return make_error("AP-0285");
    const Json request = json::object{{"form", sheet_.asked.round->form},
                                      {"fields", new_fields(sheet_, row, *sent.fields)},
                                      {"reason", reason}};
    const std::string keeper = internal::keeper_of(sheet_, caller_);
    return internal::draft_create(
        ports_, caller_, request,
        {.organisation = keeper, .id = id_of_row(sheet_, row, keeper)});
  }

  // On the record as it is now, when it is at the version that was sent.
  template <class Make>
  Result<Draft> act(const SentRow& sent, const SheetRow& row, Make make) {
    ZICHT_TRY(found, internal::find_record(ports_.store, sheet_.asked.rules, caller_, row.now->id,
                                           {}));
    ZICHT_TRY(is_current, internal::is_as_seen(ports_.store, found.record, sent.version));
    if (!is_current) return make_error("AP-0285");
    return make(std::move(found));
  }

  Result<Draft> change(const SentRow& sent, const SheetRow& row, const std::string& reason) {
    return act(sent, row, [&](FoundRecord found) {
      const Json request =
          json::object{{"fields", changed_fields(*sheet_.asked.round, found, *sent.fields)},
                       {"reason", reason}};
      return internal::draft_change(ports_, caller_, std::move(found), request);
    });
  }

  Result<void> take(std::size_t i, Result<Draft> draft) {
    if (!draft) return problems_.add(i, draft.error());
    drafts_.push_back(*std::move(draft));
    return {};
  }

  // The request of the place goes with its rows once none of them is left to fill in. What its own
  // process refuses, such as handing in twice, does not hold the rows back; what is only in the way
  // for now does, as nothing would take this step later.
  Result<void> follow(const std::string& transition) {
    const packs::Round& round = *sheet_.asked.round;
    if (!round.requests || !sheet_.request) return {};
    const auto& follows = round.requests->follows;
    const auto next = std::find_if(follows.begin(), follows.end(),
                                   [&](const auto& each) { return each.first == transition; });
    if (next == follows.end() || !std::all_of(sheet_.rows.begin(), sheet_.rows.end(),
                                              [&](const auto& row) { return is_past(row); })) {
      return {};
    }
    ZICHT_TRY(found, internal::find_record(ports_.store, sheet_.asked.rules, caller_,
                                           sheet_.request->id, {}));
    auto draft = internal::draft_step(ports_, caller_, std::move(found),
                                      Json(json::object{{"transition", next->second}}));
    if (!draft && is_trouble(draft.error())) return draft.error();
    if (draft && draft->after.organisation == drafts_.front().after.organisation) {
      drafts_.push_back(*std::move(draft));
    }
    return {};
  }

  bool is_past(const SheetRow& row) const {
    if (!row.now) return false;
    const auto draft = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& each) {
      return each.after.id == row.now->id;
    });
    return !internal::is_open(sheet_.asked,
                              draft == drafts_.end() ? *row.now : draft->after);
  }

  // All or nothing. The first `rows` drafts are of the rows that were sent, in their order.
  Result<void> write(std::size_t rows) {
    ZICHT_CHECKED(problems_.check());
    Unit unit = internal::unit_of(caller_, context_);
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      const Draft& draft = drafts_[i];
      if (draft.after.organisation != drafts_.front().after.organisation) {
        return make_error("AP-0284");
      }
      const auto passed =
          internal::store_fired(ports_.store, draft.base, draft.found.record.version);
      if (!passed && internal::is_stale(passed.error())) {
        if (i < rows) problems_.add(i, "AP-0285");
        return stale();
      }
      ZICHT_CHECKED(passed);
      unit.records.push_back(internal::write_of(draft));
    }
    auto receipt = ports_.store.append_and_wait(std::move(unit));
    if (!receipt && internal::is_stale(receipt.error())) {
      ZICHT_CHECKED(find_stale(rows));
      return stale();
    }
    if (!receipt) return receipt.error();
    if (receipt->is_replay) return {};
    for (Draft& draft : drafts_) {
      draft.after.recorded_at = receipt->recorded_at;
      draft.after.actor = caller_.account;
      static_cast<void>(internal::tell_changed(ports_.store, ports_.feed, *draft.found.form.form,
                                               draft.after));
    }
    return {};
  }

  // AP-0285, with the rows that are known to be at another version; none where it is the request.
  Result<void> stale() const {
    ZICHT_CHECKED(problems_.check());
    return make_error("AP-0285");
  }

  Result<void> find_stale(std::size_t rows) {
    for (std::size_t i = 0; i < std::min(rows, drafts_.size()); ++i) {
      const model::Record& after = drafts_[i].after;
      const auto now = ports_.store.record(after.id, {});
      if (!now && now.error().code != Code::kNotFound) return now.error();
      if ((now ? now->version : 0) != after.version - 1) problems_.add(i, "AP-0285");
    }
    return {};
  }

  const RecordService::Ports& ports_;
  const Caller& caller_;
  const Sheet& sheet_;
  const WriteContext& context_;
  RowProblems problems_;
  std::vector<Draft> drafts_;
};

// What failed may have been done before with the same key: then its answer counts.
Result<void> done_before(const RecordService::Ports& ports, const WriteContext& context,
                         Error error) {
  if (context.idempotency.key_hash.empty()) return error;
  ZICHT_TRY(receipt, ports.store.replay_of(context.idempotency));
  return receipt ? Result<void>() : Result<void>(std::move(error));
}

// Who answered for this place the last time that it was asked.
Result<std::string> last_asked(const RecordService::Ports& ports, const Caller& caller,
                               const Sheet& sheet) {
  const packs::RoundRequests& requests = *sheet.asked.round->requests;
  json::array filters{json::object{{"field", requests.who}, {"equals", sheet.who.id}}};
  ZICHT_TRY(records, internal::rows_of(ports, *sheet.asked.rules, caller,
                                       {.form = requests.form, .filters = std::move(filters)}));
  // The newest first.
  for (const Record& record : records) {
    std::string organisation = internal::text_of(record, requests.organisation);
    if (!organisation.empty()) return organisation;
  }
  return std::string();
}

Result<Draft> request_draft(const RecordService::Ports& ports, const Caller& caller,
                            const Sheet& sheet, const std::string& organisation,
                            json::object fields) {
  const packs::RoundRequests& requests = *sheet.asked.round->requests;
  fields[requests.of] = sheet.of.id;
  fields[requests.who] = sheet.who.id;
  fields[requests.organisation] = organisation;
  const ActiveForm form = find_active_form(*sheet.asked.rules, requests.form);
  set_name(fields, *form.form, requests.name, {sheet.who.title, sheet.of.title});
  return internal::draft_create(
      ports, caller, json::object{{"form", requests.form}, {"fields", std::move(fields)}},
      {.organisation = organisation, .id = id_of_request(sheet)});
}

Result<std::string> told_request(const RecordService::Ports& ports, const Caller& caller,
                                 const RulebookPtr& rules, const std::string& id) {
  ZICHT_TRY(found, internal::find_record(ports.store, rules, caller, id, {}));
  ZICHT_TRY(document, internal::document_of(ports, caller, found, internal::today_of(ports)));
  return std::move(document.json);
}

}  // namespace

Result<std::string> RoundsService::save(const Caller& caller, const SheetName& name,
                                        const Json& request, const WriteContext& context) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(round, find_round(*rules, name));
  ZICHT_TRY(asked, internal::ask_round(rules, caller, round));
  Body body(request, {"rows", "reason"});
  const std::string reason = reason_of(body, *round);
  ZICHT_TRY(rows, read_rows(body, "row", true));
  ZICHT_TRY(sheet, internal::read_sheet(ports_, caller, std::move(asked), {name.of, name.who}));
  const auto saved = SheetWrite(ports_, caller, sheet, context).save(rows, reason);
  if (!saved) ZICHT_CHECKED(done_before(ports_, context, saved.error()));
  return told_sheet(caller, name, sheet.is_asked);
}

Result<std::string> RoundsService::step(const Caller& caller, const SheetName& name,
                                        const Json& request, const WriteContext& context) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(round, find_round(*rules, name));
  ZICHT_TRY(asked, internal::ask_round(rules, caller, round));
  Body body(request, {"transition", "rows", "reason"});
  const std::string transition = body.text("transition");
  const auto reason = body.text_if("reason");
  ZICHT_TRY(rows, read_rows(body, "id", false));
  ZICHT_TRY(sheet, internal::read_sheet(ports_, caller, std::move(asked), {name.of, name.who}));
  const auto taken = SheetWrite(ports_, caller, sheet, context).step(rows, transition, reason);
  if (!taken) ZICHT_CHECKED(done_before(ports_, context, taken.error()));
  return told_sheet(caller, name, sheet.is_asked);
}

Result<std::string> RoundsService::ask(const Caller& caller, const SheetName& name,
                                       const Json& request, const WriteContext& context) {
  const RulebookPtr rules = ports_.packs.rules();
  ZICHT_TRY(round, find_round(*rules, name));
  ZICHT_TRY(asked, internal::ask_round(rules, caller, round));
  if (!round->requests) return make_error("AP-0281");
  Body body(request, {"organisation", "fields"});
  std::string organisation = body.text_if("organisation").value_or("");
  const Json* given = body.object_if("fields");
  ZICHT_CHECKED(body.check());
  ZICHT_TRY(sheet, internal::read_sheet(ports_, caller, std::move(asked), {name.of, name.who}));
  if (sheet.request) {
    ZICHT_CHECKED(done_before(ports_, context, make_error("AP-0287")));
    return told_request(ports_, caller, rules, sheet.request->id);
  }
  if (organisation.empty()) {
    ZICHT_TRY(known, last_asked(ports_, caller, sheet));
    organisation = std::move(known);
  }
  ZICHT_TRY(exists, ports_.organisations.exists(organisation));
  if (!exists) return make_error("AP-0286");
  json::object fields = given == nullptr ? json::object() : given->get_object();
  ZICHT_TRY(draft, request_draft(ports_, caller, sheet, organisation, std::move(fields)));
  Unit unit = internal::unit_of(caller, context);
  unit.records.push_back(internal::write_of(draft));
  auto receipt = ports_.store.append_and_wait(std::move(unit));
  if (!receipt && internal::is_stale(receipt.error())) return make_error("AP-0287");
  if (!receipt) return receipt.error();
  draft.after.recorded_at = receipt->recorded_at;
  static_cast<void>(internal::tell_changed(ports_.store, ports_.feed, *draft.found.form.form,
                                           draft.after));
  return told_request(ports_, caller, rules, draft.after.id);
}

}  // namespace zicht::app
